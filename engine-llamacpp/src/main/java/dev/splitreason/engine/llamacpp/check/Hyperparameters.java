package dev.splitreason.engine.llamacpp.check;

import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.gguf.GgufValue;
import dev.splitreason.core.model.ModelFileException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that a file gives its architecture, as llama.cpp reads them: as 32 bits, one for all
 * layers or one for each.
 */
public final class Hyperparameters {

  /** {@code LLAMA_MAX_LAYERS}. */
  private static final int MAX_LAYERS = 512;

  private final GgufFile file;
  private final String architecture;

  /** The numbers of a file. */
  public Hyperparameters(GgufFile file) {
    this.file = file;
    String name = file.text("general.architecture");
    this.architecture = name == null ? "" : name;
  }

  /** The name before each key, empty if the file has none. */
  public String architecture() {
    return architecture;
  }

  /** A key as the file spells it. */
  String key(String name) {
    return architecture + "." + name;
  }

  @Nullable GgufValue value(String name) {
    return file.metadata().get(key(name));
  }

  /**
   * A whole number of 0 or more.
   *
   * @throws ModelFileException if the file has something else there
   */
  public int count(String name, int absent) {
    return switch (value(name)) {
      case null -> absent;
      case GgufValue.Whole(var _, long number) -> checked(name, number);
      default -> throw wrong(name, "is no whole number");
    };
  }

  /**
   * A real number, NaN included.
   *
   * @throws ModelFileException if the file has something else there
   */
  double real(String name, double absent) {
    return switch (value(name)) {
      case null -> absent;
      case GgufValue.Real(var _, double number) -> number;
      default -> throw wrong(name, "is no real number");
    };
  }

  /**
   * The number of layers.
   *
   * @throws ModelFileException if there are none, or more than llama.cpp has room for
   */
  public int layers() {
    int layers = count("block_count", 0);
    if (layers < 1 || layers > MAX_LAYERS) {
      throw wrong("block_count", "is " + layers + "; it must be in 1 … " + MAX_LAYERS);
    }
    return layers;
  }

  /**
   * A whole number for each layer; the same for all where the file has a single one.
   *
   * @throws ModelFileException if there are fewer than layers
   */
  public List<Integer> byLayer(String name, List<Integer> absent) {
    int layers = layers();
    return switch (value(name)) {
      case null -> absent;
      case GgufValue.Whole(var _, long number) ->
          Collections.nCopies(layers, checked(name, number));
      case GgufValue.Wholes(var _, List<Long> numbers) when numbers.size() == layers ->
          numbers.stream().map(number -> checked(name, number)).toList();
      case GgufValue.Wholes(var _, List<Long> numbers) ->
          throw wrong(name, "has " + numbers.size() + " numbers for " + layers + " layers");
      default -> throw wrong(name, "is no whole number");
    };
  }

  private int checked(String name, long number) {
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw wrong(name, "is " + number);
    }
    return (int) number;
  }

  ModelFileException wrong(String name, String problem) {
    return new ModelFileException(file.path(), "cannot be used: " + key(name) + " " + problem);
  }
}
