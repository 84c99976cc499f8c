package dev.splitreason.engine.contract.server;

/** Whose spelling and abilities a {@link ModelServer} has. */
public enum ServerSpelling {
  /** Token ids, scoring, logit bias. */
  VLLM,
  /** Token ids and logit bias; tells its chat template; shows no control tokens. */
  LLAMA_SERVER,
  /** Takes a prompt of ids, but tells none: for all that can be had of it, text only. */
  SGLANG,
  /** Text only. */
  OLLAMA,
  /** Text only, by nobody one knows. */
  PLAIN;

  Dialect dialect() {
    return switch (this) {
      case VLLM -> new VllmDialect();
      case LLAMA_SERVER -> new LlamaServerDialect();
      case SGLANG -> new TextDialect("sglang", true, true);
      case OLLAMA -> new TextDialect("library", false, false);
      case PLAIN -> new TextDialect("somebody", false, false);
    };
  }
}
