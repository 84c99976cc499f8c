package dev.splitreason.evaluation.report;

import dev.splitreason.evaluation.run.Contender;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What contenders are called where there is little room: by their policy, and by those models that
 * are not the same for all.
 *
 * @param contenders that are to be told apart
 */
record ContenderLabels(List<Contender> contenders) {

  ContenderLabels {
    contenders = List.copyOf(contenders);
  }

  /** The short name of a contender. */
  String of(Contender contender) {
    List<String> models =
        Stream.of(
                differs(contender, true) ? contender.small() : null,
                differs(contender, false) ? contender.large() : null)
            .filter(Objects::nonNull)
            .map(ContenderLabels::base)
            .toList();
    String name =
        models.isEmpty()
            ? contender.policy()
            : contender.policy() + " · " + String.join(" + ", models);
    return contender.run() == null ? name : name + " (" + last(contender.run()) + ")";
  }

  /** Whether another contender of the same policy has another model there. */
  private boolean differs(Contender contender, boolean small) {
    return contenders.stream()
        .filter(other -> other.policy().equals(contender.policy()))
        .anyMatch(other -> !Objects.equals(side(other, small), side(contender, small)));
  }

  private static @Nullable String side(Contender contender, boolean small) {
    return small ? contender.small() : contender.large();
  }

  /**
   * A model's file without its folder and ending, or its name. A file that is only called a model
   * goes by its folder, as runs leave them.
   */
  static String base(String model) {
    return last(model.replaceFirst("\\.gguf$", "").replaceFirst("(?<=[^/])/model$", ""));
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
