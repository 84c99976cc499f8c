package dev.splitreason.engine.openai;

/**
 * Joins characters that a server cuts: one outside of the basic plane, such as an emoji, comes from
 * some as two events with half of it each.
 */
final class JoinedCharacters {

  private String half = "";

  /** A part with the half of the part before it, and without one that it ends with. */
  CompletionChunk complete(CompletionChunk part) {
    String text = half + part.text();
    boolean cut =
        part.finish() == null
            && !text.isEmpty()
            && Character.isHighSurrogate(text.charAt(text.length() - 1));
    half = cut ? text.substring(text.length() - 1) : "";
    String whole = cut ? text.substring(0, text.length() - 1) : text;
    return whole.equals(part.text())
        ? part
        : new CompletionChunk(whole, part.tokens(), part.likeliest(), part.total(), part.finish());
  }
}
