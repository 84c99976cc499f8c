package dev.splitreason.evaluation.report;

/** HTML as it is written, from the first element to the last. */
final class Html {

  private final StringBuilder html = new StringBuilder();

  /** Text that no browser takes for markup. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** Adds markup. */
  Html raw(String markup) {
    html.append(markup);
    return this;
  }

  /** Adds text. */
  Html text(String text) {
    return raw(escape(text));
  }

  /** Adds an element that holds text. */
  Html element(String tag, String text) {
    String name = tag.split(" ", 2)[0];
    return raw("<" + tag + ">").text(text).raw("</" + name + ">");
  }

  @Override
  public String toString() {
    return html.toString();
  }
}
