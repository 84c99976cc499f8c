package dev.splitreason.cli.adapt;

import dev.splitreason.evaluation.metric.Result;
import java.util.List;
import java.util.Locale;

/**
 * What is written beside the adapter: what it is, how it was made, what it gives.
 *
 * @param plan what was adapted
 * @param epochs of SFT
 * @param results of all policies
 */
record ModelCard(AdaptPlan plan, int epochs, List<Result> results) {

  private static final String TEXT =
      """
      ---
      library_name: peft
      base_model: %s
      tags: [lora, splitreason]
      ---
      # %s, which hands hard spans to %s

      A LoRA adapter (rank %d) for **%s**, unchanged beside it. Between `%s` and `%s` the larger **%s** writes instead; the
      adapter opens and closes these spans. It was made for a share of %.1f %% of the tokens by the larger model.

      ## What it gives

      Problems that nothing was learned or calibrated on:

      | policy | models | right | 95 %% interval | tokens by the large model | problems |
      | --- | --- | --- | --- | --- | --- |
      %s
      `learned` is this adapter as it is, `learned:B` with the offload bias B that came nearest to the share on problems it had learned from; the
      threshold of `entropy` was found there likewise.

      ## Use it

          splitreason ask --config splitreason.yaml "…"

      with the `splitreason.yaml` of the folder above, which names both models and the tags. `adapter.gguf` is for llama.cpp, the other files for PEFT and vLLM.

      ## How it was made

      `splitreason adapt --small %s --large %s --problems %s --share %s`, seed %d, template %s: %s, spans where the larger model is surer, LoRA SFT (%d epochs)%s.
      """;

  /** The card, in Markdown. */
  String text() {
    String small = plan.pair().small().name();
    String large = plan.pair().large().name();
    AdaptPlan.Sizes sizes = plan.sizes();
    StringBuilder rows = new StringBuilder();
    for (Result result : results) {
      rows.append(
          String.format(
              Locale.ROOT,
              "| `%s` | %s | %.1f %% | %.1f … %.1f | %.1f %% | %d |%n",
              result.contender().policy(),
              result.contender().models(),
              100 * result.accuracy(),
              100 * result.ci95().low(),
              100 * result.ci95().high(),
              100 * result.offloadRatio(),
              result.problems()));
    }
    return String.format(
        Locale.ROOT,
        TEXT,
        small,
        small,
        large,
        sizes.rank(),
        small,
        plan.tags().open(),
        plan.tags().close(),
        large,
        100 * plan.share(),
        rows,
        small,
        large,
        plan.problems(),
        plan.share(),
        plan.seed(),
        plan.template(),
        plan.traces() == null ? "the larger model's own right answers" : plan.traces(),
        epochs,
        plan.learnsByReward() ? ", GRPO (" + sizes.grpoSteps() + " steps)" : "");
  }

  /** A configuration file that names the pair. */
  String configuration() {
    return """
    # The pair of this folder; see docs/configuration.md
    default-pair: adapted
    models:
      adapted-small: {path: "%s", adapter: adapter/adapter.gguf}
    pairs:
      adapted:
        small: adapted-small
        large: "%s"
        base: "%s"
        template: %s
        tags: {open: "%s", close: "%s"}
        chunk: %d
        span-cap: %d
    """
        .formatted(
            plan.small().toAbsolutePath(),
            plan.large().toAbsolutePath(),
            plan.small().toAbsolutePath(),
            plan.template(),
            plan.tags().open(),
            plan.tags().close(),
            plan.pair().spans().chunk(),
            plan.pair().spans().cap());
  }
}
