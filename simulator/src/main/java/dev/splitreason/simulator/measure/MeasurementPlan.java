package dev.splitreason.simulator.measure;

import dev.splitreason.core.error.UserMistake;
import java.util.List;
import java.util.stream.Stream;

/**
 * What to measure.
 *
 * @param contexts lengths of a sequence before it decodes or prefills, in tokens
 * @param batches how many sequences decode at once
 * @param prefills tokens prefilled at once
 * @param decoded tokens decoded for one time, at least 2
 * @param probe tokens of a span read at once
 * @param repeats how often each is measured; the median counts
 */
public record MeasurementPlan(
    List<Integer> contexts,
    List<Integer> batches,
    List<Integer> prefills,
    int decoded,
    int probe,
    int repeats) {

  /** Two to three minutes for a model of 0.5B on two cores. */
  public static final MeasurementPlan DEFAULT =
      new MeasurementPlan(
          List.of(64, 256, 1024), List.of(1, 2, 4), List.of(1, 8, 32, 128, 512), 24, 8, 3);

  public MeasurementPlan {
    contexts = ascending("contexts", contexts);
    batches = ascending("batches", batches);
    prefills = ascending("prefills", prefills);
    if (decoded < 2 || probe < 1 || repeats < 1) {
      throw new UserMistake(
          "a measurement decodes 2 tokens, probes 1 and is made once, at least; not "
              + decoded
              + ", "
              + probe
              + " and "
              + repeats);
    }
  }

  /**
   * As much of the plan as sequences of so many tokens have room for.
   *
   * @throws UserMistake if nothing is left of it
   */
  MeasurementPlan within(int contextLength) {
    int decoding = contextLength - Math.max(decoded, probe + 1);
    List<Integer> roomy = contexts.stream().filter(context -> context <= decoding).toList();
    List<Integer> fitting =
        prefills.stream()
            .filter(tokens -> roomy.stream().allMatch(c -> c + 1 + tokens <= contextLength))
            .toList();
    return new MeasurementPlan(roomy, batches, fitting, decoded, probe, repeats);
  }

  private static List<Integer> ascending(String name, List<Integer> values) {
    boolean positive = values.stream().allMatch(value -> value >= 1);
    if (values.isEmpty() || !positive) {
      throw new UserMistake(
          name + " to measure must be 1 or more, and at least one, not " + values);
    }
    return values.stream().sorted().distinct().toList();
  }

  /** The most sequences that are open at once. */
  public int sessions() {
    return Stream.concat(Stream.of(1), batches.stream()).max(Integer::compare).orElse(1);
  }
}
