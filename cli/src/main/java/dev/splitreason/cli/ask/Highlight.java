package dev.splitreason.cli.ask;

/** How the large model's words stand out from the small one's. */
enum Highlight {
  /** Bold magenta: legible on dark and light terminals, for two digits as for two paragraphs. */
  COLOR("\u001b[1;35m", "\u001b[0m"),
  BRACKETS("⟦", "⟧");

  final String on;
  final String off;

  Highlight(String on, String off) {
    this.on = on;
    this.off = off;
  }
}
