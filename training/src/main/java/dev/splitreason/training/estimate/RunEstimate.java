package dev.splitreason.training.estimate;

import dev.splitreason.training.checkpoint.HuggingFaceFolder;
import dev.splitreason.training.model.Qwen2Config;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a whole run will need.
 *
 * @param parameters of the model
 * @param memory on each device
 * @param steps of the optimizer
 * @param tokens that go through the model, without padding
 * @param remarks what was assumed
 */
public record RunEstimate(
    long parameters, MemoryEstimate memory, long steps, long tokens, List<String> remarks) {

  private static final double GIGABYTE = 1e9;

  public RunEstimate {
    remarks = List.copyOf(remarks);
  }

  /**
   * The shape of a checkpoint, of which only {@code config.json} has to be there; nothing at all if
   * it is a well-known one.
   *
   * @throws IllegalArgumentException if it is neither
   */
  public static Qwen2Config shape(Path folder) {
    if (Files.exists(folder.resolve("config.json"))) {
      return HuggingFaceFolder.readConfig(folder);
    }
    Qwen2Config known = KnownShapes.named(String.valueOf(folder.getFileName()));
    if (known == null) {
      throw new IllegalArgumentException(
          "'"
              + folder
              + "' has no config.json, and is none of the checkpoints whose shape is known: "
              + KnownShapes.names());
    }
    return known;
  }

  /** The estimate in lines for people. */
  public List<String> lines() {
    List<String> lines =
        List.of(
            String.format(Locale.ROOT, "parameters       %,d", parameters),
            "memory a device  " + gigabytes(memory.total()),
            "  weights        " + gigabytes(memory.weights()),
            "  gradients      " + gigabytes(memory.gradients()),
            "  optimizer      " + gigabytes(memory.optimizer()),
            "  activations    " + gigabytes(memory.activations()),
            "  logits         " + gigabytes(memory.logits()),
            String.format(Locale.ROOT, "steps            %,d", steps),
            String.format(Locale.ROOT, "tokens           %,d", tokens));
    return Stream.concat(lines.stream(), remarks.stream().map(remark -> "(" + remark + ")"))
        .toList();
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.3f GB", bytes / GIGABYTE);
  }
}
