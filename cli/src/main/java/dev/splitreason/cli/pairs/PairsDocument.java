package dev.splitreason.cli.pairs;

import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.pairs.catalogue.Catalogue;
import dev.splitreason.pairs.catalogue.KnownModel;
import dev.splitreason.pairs.catalogue.KnownPair;
import dev.splitreason.pairs.catalogue.Quantisation;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The document of {@code pairs --json}, in snake case.
 *
 * @param memoryBytes of this machine, or of the container
 * @param tokens of one answer, whose keys and values are counted in what a pair needs
 * @param pairs that can be named
 */
record PairsDocument(long memoryBytes, int tokens, List<Pair> pairs) {

  /** An answer of a thinking model seldom is longer. */
  private static final int TOKENS = 8192;

  /**
   * A pair.
   *
   * @param tags the open and the close tag that the small model was trained to write, or null
   */
  record Pair(
      String name,
      String about,
      Model small,
      Model large,
      @Nullable List<String> tags,
      List<Need> needs) {}

  /**
   * A model.
   *
   * @param gguf as it is fetched by name
   * @param checkpoint as it is served, or trained from
   * @param template that is used; {@code embedded} for its own
   * @param thinking opened (by its template), own (it opens it itself) or none
   */
  record Model(String gguf, String checkpoint, long parameters, String template, String thinking) {}

  /**
   * What both models need in memory, if both are stored so.
   *
   * @param fits whether this machine has it
   */
  record Need(String quantisation, long bytes, boolean fits) {}

  static PairsDocument ofThisMachine() {
    long memory =
        ManagementFactory.getOperatingSystemMXBean()
                instanceof com.sun.management.OperatingSystemMXBean system
            ? system.getTotalMemorySize()
            : 0;
    return new PairsDocument(
        memory, TOKENS, Catalogue.pairs().stream().map(pair -> pair(pair, memory)).toList());
  }

  private static Pair pair(KnownPair pair, long memory) {
    TagSpelling tags = TagSpelling.BIGMODEL;
    return new Pair(
        pair.name(),
        pair.about(),
        model(pair.small()),
        model(pair.large()),
        pair.tagged() ? List.of(tags.open(), tags.close()) : null,
        Arrays.stream(Quantisation.values())
            .map(
                stored -> {
                  long bytes = pair.bytes(stored, TOKENS);
                  return new Need(stored.name(), bytes, bytes <= memory);
                })
            .toList());
  }

  private static Model model(KnownModel model) {
    return new Model(
        model.gguf().toString(),
        model.checkpoint(),
        model.sizes().parameters(),
        model.template() == null ? "embedded" : model.template(),
        model.thinking().name().toLowerCase(Locale.ROOT));
  }
}
