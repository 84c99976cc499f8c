package dev.splitreason.training.sft;

import dev.splitreason.training.checkpoint.HuggingFaceFolder;
import dev.splitreason.training.checkpoint.JsonTokenizer;
import dev.splitreason.training.example.Example;
import dev.splitreason.training.sft.TraceExamples.FileCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How much a run has to read: counted where data and tokenizer are there, else reckoned from what
 * the configuration assumes.
 *
 * @param longest row, in tokens
 * @param steps of the run
 * @param tokens of the run, without padding
 * @param remarks what was assumed
 */
record DataSize(int longest, long steps, long tokens, List<String> remarks) {

  static DataSize of(SftConfig config, Path model) throws IOException, InterruptedException {
    List<String> files = config.data().files();
    boolean isThere =
        !files.isEmpty() && files.stream().allMatch(file -> Files.exists(Path.of(file)));
    Map<String, String> texts = HuggingFaceFolder.readTexts(model);
    return isThere && texts.containsKey("tokenizer.json")
        ? counted(config, texts)
        : assumed(config);
  }

  private static DataSize counted(SftConfig config, Map<String, String> texts)
      throws IOException, InterruptedException {
    try (JsonTokenizer tokenizer = JsonTokenizer.of(texts)) {
      TraceExamples examples =
          TraceExamples.read(
              config.data(),
              config.seed(),
              FineTuning.chat(config, tokenizer, texts),
              FileCheck.NONE);
      Epochs epochs = new Epochs(config, examples.learned());
      int longest =
          config.data().packing()
              ? config.data().maxLength()
              : examples.learned().stream().mapToInt(Example::length).max().orElseThrow();
      String losses = examples.losses();
      return new DataSize(
          longest,
          epochs.steps(),
          epochs.tokens(),
          losses.isEmpty() ? List.of() : List.of("left out: " + losses));
    }
  }

  private static DataSize assumed(SftConfig config) {
    TraceData data = config.data();
    TraceData.Assumed assumed = data.assumed();
    int length = Math.min(assumed.tokens(), data.maxLength());
    int perRow = data.packing() ? Math.max(1, data.maxLength() / length) : 1;
    long rows = Math.ceilDiv(assumed.examples(), perRow);
    long perEpoch = Math.ceilDiv(rows, config.schedule().batch());
    long all = config.schedule().epochs() * perEpoch;
    long steps = config.schedule().steps() == 0 ? all : Math.min(all, config.schedule().steps());
    return new DataSize(
        data.packing() ? data.maxLength() : length,
        steps,
        Math.round((double) assumed.examples() * length * steps / perEpoch),
        List.of(
            "data or tokenizer are not there: %,d examples of %,d tokens are assumed (data.assumed)"
                .formatted(assumed.examples(), length)));
  }
}
