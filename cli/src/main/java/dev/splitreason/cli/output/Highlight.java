package dev.splitreason.cli.output;

/** How the large model's words stand out from the small one's. */
public enum Highlight {
  /** Bold magenta: legible on dark and light terminals, for two digits as for two paragraphs. */
  COLOR("\u001b[1;35m", "\u001b[0m"),
  BRACKETS("⟦", "⟧");

  private final String on;
  private final String off;

  Highlight(String on, String off) {
    this.on = on;
    this.off = off;
  }

  /** Colour where stdout is a terminal that shows it, unless the user wants none. */
  public static Highlight forStdout(boolean noColor) {
    return !noColor && Terminal.wantsColor(System.getenv()) ? COLOR : BRACKETS;
  }

  /** What stands before the large model's words. */
  public String on() {
    return on;
  }

  /** What stands behind them. */
  public String off() {
    return off;
  }
}
