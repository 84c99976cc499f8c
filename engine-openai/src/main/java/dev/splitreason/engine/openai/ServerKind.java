package dev.splitreason.engine.openai;

/**
 * Which program answers, as far as it says so in its list of models ({@code owned_by}). Decides how
 * what OpenAI's API does not have is spelled; what works is asked of the server itself.
 */
enum ServerKind {
  VLLM("vLLM"),
  SGLANG("SGLang"),
  LLAMA_SERVER("llama-server"),
  OLLAMA("Ollama"),
  OTHER("an OpenAI-compatible server");

  private final String title;

  ServerKind(String title) {
    this.title = title;
  }

  /** Its name. */
  String title() {
    return title;
  }

  static ServerKind of(String ownedBy) {
    return switch (ownedBy) {
      case "vllm" -> VLLM;
      case "sglang" -> SGLANG;
      case "llamacpp" -> LLAMA_SERVER;
      case "library" -> OLLAMA;
      default -> OTHER;
    };
  }

  /** Whether it takes sampling options and token details that OpenAI's API does not have. */
  boolean extended() {
    return this != OTHER && this != OLLAMA;
  }
}
