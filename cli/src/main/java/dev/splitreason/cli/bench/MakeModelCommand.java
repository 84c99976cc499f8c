package dev.splitreason.cli.bench;

import dev.splitreason.cli.error.ExitStatus;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.core.shape.KnownShapes;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.engine.contract.random.RandomQwen2;
import dev.splitreason.engine.llamacpp.GgmlRows;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code splitreason bench make-model}: random weights in a real shape. */
@Command(
    name = "make-model",
    description =
        "Writes a model of random weights, which computes as fast as a real one of its shape and"
            + " type.")
public final class MakeModelCommand implements Callable<Integer> {

  private static final Map<String, ModelShape> SHAPES =
      new TreeMap<>(
          Map.of(
              "qwen2-0.5b", KnownShapes.of("Qwen2.5-0.5B"),
              "qwen2-1.5b", KnownShapes.of("Qwen2.5-1.5B"),
              "qwen2-3b", KnownShapes.of("Qwen2.5-3B"),
              "qwen2-7b", KnownShapes.of("DeepSeek-R1-Distill-Qwen-7B"),
              "qwen2-14b", KnownShapes.of("DeepSeek-R1-Distill-Qwen-14B"),
              "qwen2-32b", KnownShapes.of("DeepSeek-R1-Distill-Qwen-32B")));

  private static final List<GgufTensorType> TYPES =
      List.of(GgufTensorType.F16, GgufTensorType.Q8_0, GgufTensorType.Q4_0, GgufTensorType.Q4_K);

  @Option(
      names = "--shape",
      required = true,
      description = "qwen2-0.5b, qwen2-1.5b, qwen2-3b, qwen2-7b, qwen2-14b or qwen2-32b.")
  @SuppressWarnings("NullAway.Init")
  private String shape;

  @Option(
      names = "--type",
      description = "F16, Q8_0, Q4_0 or Q4_K: of most weights (default: ${DEFAULT-VALUE}).")
  private GgufTensorType type = GgufTensorType.Q8_0;

  @Option(names = "--seed", description = "Of the weights (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Parameters(paramLabel = "GGUF", description = "The file to write.")
  @SuppressWarnings("NullAway.Init")
  private Path file;

  @Override
  public Integer call() {
    ModelShape known = SHAPES.get(shape);
    if (known == null) {
      throw UserMistake.ofOption("--shape", "is one of " + String.join(", ", SHAPES.keySet()));
    }
    if (!TYPES.contains(type)) {
      throw UserMistake.ofOption("--type", "is F16, Q8_0, Q4_0 or Q4_K");
    }
    RandomQwen2.of(known, type, seed).by(GgmlRows.ofRuntime()).write(file);
    return ExitStatus.OK;
  }
}
