package dev.splitreason.cli.annotate;

import java.util.Locale;

/** Who says which parts of a trace are hard. */
enum AnnotatorKind {
  /** A remote model, asked for the hardest snippets. */
  LLM,
  /** The pair: where its large model is much surer than its small one. */
  DIVERGENCE,
  /** A file of snippets. */
  REPLAY,
  /** The source, whose traces are tagged already. */
  TAGS;

  /** The kind's name, as options spell it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
