package dev.splitreason.cli.adapt;

import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.data.store.AnnotatedTrace;
import dev.splitreason.data.tagged.ScoredSpan;
import dev.splitreason.files.jsonl.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How large an annotated set is.
 *
 * @param traces how many
 * @param spans in all of them
 * @param spanLength mean UTF-16 units of a span
 */
record SpanFile(int traces, int spans, double spanLength) {

  /** UTF-16 units of a token of a vocabulary that is made for languages, about. */
  private static final double UNITS_A_TOKEN = 3.5;

  /** A vocabulary below this spells characters. */
  private static final int SMALL_VOCABULARY = 1_000;

  static SpanFile read(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      List<List<ScoredSpan>> all =
          lines.map(line -> Json.MAPPER.readValue(line, AnnotatedTrace.class).spans()).toList();
      var lengths =
          all.stream()
              .flatMap(List::stream)
              .mapToInt(span -> span.end() - span.start())
              .summaryStatistics();
      return new SpanFile(all.size(), (int) lengths.getCount(), lengths.getAverage());
    }
  }

  /** Tokens of a span, about, by a model's vocabulary. */
  int spanTokens(Path model) {
    List<String> tokens = GgufFile.read(model).texts("tokenizer.ggml.tokens");
    boolean spells = tokens != null && tokens.size() < SMALL_VOCABULARY;
    return (int) Math.max(1, Math.round(spanLength / (spells ? 1 : UNITS_A_TOKEN)));
  }
}
