package dev.splitreason.training.estimate;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.shape.KnownShapes;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.training.checkpoint.GgufImport;
import dev.splitreason.training.checkpoint.HuggingFaceFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
   * The shape of a checkpoint, of which only {@code config.json} or the header of a GGUF file has
   * to be there; nothing at all if it is a well-known one.
   *
   * @param location a folder or a GGUF file
   * @param assumed the name of a well-known checkpoint of the same shape, for where it is not there
   * @throws UserMistake if it is neither there nor known
   */
  public static ModelShape shape(Path location, @Nullable String assumed) {
    if (Files.isRegularFile(location)) {
      return GgufImport.readShape(location);
    }
    if (Files.exists(location.resolve("config.json"))) {
      return HuggingFaceFolder.readShape(location);
    }
    String name = assumed == null ? String.valueOf(location.getFileName()) : assumed;
    ModelShape known = KnownShapes.named(name);
    if (known == null) {
      throw new UserMistake(
          "'%s' is not there, and %s is none of the checkpoints whose shape is known: %s"
              .formatted(
                  location,
                  assumed == null ? "its name" : "'" + assumed + "'",
                  String.join(", ", KnownShapes.names())));
    }
    return known;
  }

  /** The estimate in lines for people. */
  public List<String> lines() {
    Stream<String> others =
        memory.others() == 0
            ? Stream.of()
            : Stream.of("  beside it      " + gigabytes(memory.others()));
    List<String> before =
        List.of(
            String.format(Locale.ROOT, "parameters       %,d", parameters),
            "memory a device  " + gigabytes(memory.total()),
            "  weights        " + gigabytes(memory.weights()),
            "  gradients      " + gigabytes(memory.gradients()),
            "  optimizer      " + gigabytes(memory.optimizer()),
            "  activations    " + gigabytes(memory.activations()),
            "  logits         " + gigabytes(memory.logits()));
    List<String> after =
        List.of(
            String.format(Locale.ROOT, "steps            %,d", steps),
            String.format(Locale.ROOT, "tokens           %,d", tokens));
    return Stream.of(
            before.stream(),
            others,
            after.stream(),
            remarks.stream().map(remark -> "(" + remark + ")"))
        .flatMap(lines -> lines)
        .toList();
  }

  private static String gigabytes(long bytes) {
    return String.format(Locale.ROOT, "%.3f GB", bytes / GIGABYTE);
  }
}
