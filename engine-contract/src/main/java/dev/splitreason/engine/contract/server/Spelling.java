package dev.splitreason.engine.contract.server;

/** Whose spelling and abilities a {@link ModelServer} has. */
public enum Spelling {
  /** Token ids, scoring, logit bias. */
  VLLM(new VllmDialect()),
  /** Token ids and logit bias; tells its chat template; shows no control tokens. */
  LLAMA_SERVER(new LlamaServerDialect()),
  /** Takes a prompt of ids, but tells none: for all that can be had of it, text only. */
  SGLANG(new TextDialect("sglang", true, true)),
  /** Text only. */
  OLLAMA(new TextDialect("library", false, false)),
  /** Text only, by nobody one knows. */
  PLAIN(new TextDialect("somebody", false, false));

  private final Dialect dialect;

  Spelling(Dialect dialect) {
    this.dialect = dialect;
  }

  Dialect dialect() {
    return dialect;
  }
}
