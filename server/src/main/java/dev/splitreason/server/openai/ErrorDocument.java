package dev.splitreason.server.openai;

import dev.splitreason.server.error.Refusal;
import org.jspecify.annotations.Nullable;

/** An error as OpenAI tells it. */
public record ErrorDocument(Details error) {

  /**
   * What is wrong.
   *
   * @param param the field that is to blame, or null
   */
  public record Details(
      String message, String type, @Nullable String param, @Nullable String code) {}

  /** The document of a refusal. */
  public static ErrorDocument of(Refusal refusal) {
    return new ErrorDocument(
        new Details(
            refusal.getMessage(), refusal.kind().type(), refusal.field(), refusal.kind().code()));
  }
}
