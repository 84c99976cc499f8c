package dev.splitreason.server.ollama;

import dev.splitreason.server.error.Refusal;

/** An error as Ollama tells it. */
public record OllamaError(String error) {

  /** The document of a refusal. */
  public static OllamaError of(Refusal refusal) {
    return new OllamaError(refusal.getMessage());
  }
}
