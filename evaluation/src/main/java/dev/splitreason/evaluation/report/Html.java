package dev.splitreason.evaluation.report;

/** Text as it stands in HTML. */
final class Html {

  private Html() {}

  /** Text that no browser takes for markup. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
