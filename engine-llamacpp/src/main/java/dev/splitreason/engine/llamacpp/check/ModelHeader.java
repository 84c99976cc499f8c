package dev.splitreason.engine.llamacpp.check;

import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.core.model.ModelFileException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What opening a model takes from its file's header: little enough to be remembered in a line, so
 * that a header of a vocabulary of 150,000 tokens need not be read again.
 *
 * @param kind what it says that it is
 * @param trained the longest sequence the model is made for, in tokens
 * @param cache what a token of context takes
 * @param exact whether all of its tensors are F32
 */
public record ModelHeader(ModelKind kind, int trained, CacheSize cache, boolean exact) {

  private static final String SEPARATOR = "\t";
  private static final int FIELDS = 7;

  /** That of a model in one file. */
  public static ModelHeader of(GgufFile file) {
    return of(file, List.of());
  }

  /**
   * That of a model.
   *
   * @param parts the other files of a model in several
   * @throws ModelFileException if its numbers are no model's
   */
  public static ModelHeader of(GgufFile file, List<GgufFile> parts) {
    Hyperparameters model = new Hyperparameters(file);
    return new ModelHeader(
        ModelKind.of(file),
        model.count("context_length", Integer.MAX_VALUE),
        CacheSize.of(file),
        Stream.concat(Stream.of(file), parts.stream())
            .flatMap(part -> part.tensors().stream())
            .allMatch(tensor -> tensor.type() == GgufTensorType.F32));
  }

  /** It in a line, for {@link #parse}. */
  public String line() {
    return String.join(
        SEPARATOR,
        List.of(
            plain(kind.architecture()),
            plain(kind.tokenizer()),
            Boolean.toString(kind.hasVocabulary()),
            Integer.toString(trained),
            Long.toString(cache.numbers()),
            Integer.toString(cache.heads()),
            Boolean.toString(exact)));
  }

  private static String plain(String name) {
    return name.replaceAll("\\p{Cntrl}", " ");
  }

  /** What {@link #line} wrote; null where it is something else. */
  public static @Nullable ModelHeader parse(String line) {
    List<String> fields = List.of(line.split(SEPARATOR, -1));
    if (fields.size() != FIELDS) {
      return null;
    }
    try {
      return new ModelHeader(
          new ModelKind(fields.get(0), fields.get(1), Boolean.parseBoolean(fields.get(2))),
          Integer.parseInt(fields.get(3)),
          new CacheSize(Long.parseLong(fields.get(4)), Integer.parseInt(fields.get(5))),
          Boolean.parseBoolean(fields.get(6)));
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
