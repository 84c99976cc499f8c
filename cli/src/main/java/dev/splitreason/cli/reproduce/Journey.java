package dev.splitreason.cli.reproduce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The journey to the bundled pair, in order (arXiv 2504.16379, section 3, on chain arithmetic):
 * models from nothing, traces, annotation, SFT, GRPO, evaluation.
 *
 * @param folder gets everything
 * @param recipes the folder of the recipes to train by
 * @param middle recipes of large models between the small and the large one
 * @param traces to annotate
 * @param rules options of {@code data chain} by which problems are drawn
 * @param annotating further options of the annotator
 * @param problems how many to measure on
 * @param example a question of the kind that the pair learns
 */
record Journey(
    Path folder,
    Path recipes,
    List<String> middle,
    int traces,
    List<String> rules,
    List<String> annotating,
    int problems,
    String example) {

  private static final List<String> EASIER =
      List.of("--fewest-steps 2 --most-steps 3 --greatest-factor 19 --greatest-term 9".split(" "));
  private static final String TRACE_SEED = "7";
  private static final String PROBLEM_SEED = "1000";

  /** The bundled pair as it was made. */
  static Journey full(Path folder, Path recipes) {
    return new Journey(
        folder,
        recipes,
        List.of("large-91k", "large-220k"),
        20_000,
        List.of(),
        List.of(),
        1_000,
        "Start with 37. Multiply by 48. Add 29. Subtract 85. Multiply by 12. Give the last two"
            + " digits.");
  }

  /** Minutes instead of hours: short problems, and fewer products and sums to learn. */
  static Journey quick(Path folder, Path recipes) {
    return new Journey(
        folder,
        recipes.resolve("quick"),
        List.of(),
        3_000,
        EASIER,
        List.of("--keep-easy"),
        200,
        "Start with 37. Multiply by 18. Add 09. Give the last two digits.");
  }

  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    steps.add(pretrained("the small model, from nothing", "small"));
    steps.add(pretrained("the large model, from nothing", "large"));
    middle.forEach(name -> steps.add(pretrained("a large model between the two", name)));
    steps.add(problems("problems with worked solutions", TRACE_SEED, traces, traceFile()));
    steps.add(annotated());
    steps.add(
        Step.training(
            "the small model learns to hand over (SFT)",
            "sft",
            recipe("small-sft"),
            folder.resolve("small-sft"),
            "start.model=" + folder.resolve("small/model"),
            "data.files=[" + annotatedFile() + "]"));
    steps.add(
        Step.training(
            "and when it pays to (GRPO)",
            "grpo",
            recipe("small-split"),
            folder.resolve("small-split"),
            "models.small=" + folder.resolve("small-sft/model"),
            "models.large=" + folder.resolve("large/model"),
            "data.problems=" + (rules.isEmpty() ? "chain" : traceFile())));
    steps.add(
        problems("problems to measure on, of another seed", PROBLEM_SEED, problems, problemFile()));
    steps.add(measured("sft", "small,random:0.05,random:0.10,learned,large"));
    steps.add(measured("split", "learned:-2,learned,learned:+2"));
    middle.forEach(name -> steps.add(measured(name, "learned,large")));
    steps.add(report());
    return List.copyOf(steps);
  }

  /** Names the pairs that the journey makes. */
  String configuration() {
    StringBuilder text =
        new StringBuilder("# The pairs of this folder; see docs/configuration.md\n");
    text.append("default-pair: split\npairs:\n");
    text.append(pair("split", "small-split", "large"));
    text.append(pair("sft", "small-sft", "large"));
    middle.forEach(name -> text.append(pair(name, "small-split", name)));
    return text.toString();
  }

  Path configurationFile() {
    return folder.resolve("splitreason.yaml");
  }

  private static String pair(String name, String small, String large) {
    return """
      %s:
        small: %s/model.gguf
        large: %s/model.gguf
        base: small/model.gguf
        template: chain
        chunk: 2
        span-cap: 64
    """
        .formatted(name, small, large);
  }

  private Step pretrained(String title, String name) {
    return Step.training(title, "pretrain", recipe(name), folder.resolve(name));
  }

  private Step problems(String title, String seed, int count, Path file) {
    List<String> arguments = new ArrayList<>(List.of("data", "chain", "--seed", seed));
    arguments.addAll(List.of("--limit", String.valueOf(count)));
    arguments.addAll(rules);
    arguments.addAll(List.of("--output", file.toString()));
    return Step.of(title, file, arguments.toArray(String[]::new));
  }

  /** By how much surer the large model is: what is hard for the small one. */
  private Step annotated() {
    List<String> arguments = new ArrayList<>(List.of("annotate", "--annotator", "divergence"));
    arguments.addAll(List.of("--config", configurationFile().toString(), "--pair", "split"));
    arguments.addAll(List.of("--least-advantage", "0.1", "--sure-advantage", "5"));
    arguments.addAll(annotating);
    arguments.addAll(List.of("--output", annotatedFile().toString(), traceFile().toString()));
    return Step.of(
        "what is hard in the solutions, by the models' difference",
        annotatedFile(),
        arguments.toArray(String[]::new));
  }

  private Step measured(String pair, String policies) {
    Path results = folder.resolve("eval-" + pair);
    return Step.of(
        "how well, and at what cost: " + pair,
        results.resolve("report.html"),
        "eval",
        "--config",
        configurationFile().toString(),
        "--pair",
        pair,
        "--benchmark",
        problemFile().toString(),
        "--policies",
        policies,
        "--output",
        results.toString());
  }

  private Step report() {
    Path report = folder.resolve("report");
    List<String> arguments = new ArrayList<>(List.of("report"));
    pairs().forEach(pair -> arguments.add(folder.resolve("eval-" + pair).toString()));
    arguments.addAll(List.of("--output", report.toString()));
    return Step.of(
        "all of it on one page", report.resolve("report.html"), arguments.toArray(String[]::new));
  }

  private List<String> pairs() {
    List<String> pairs = new ArrayList<>(List.of("sft", "split"));
    pairs.addAll(middle);
    return pairs;
  }

  private Path recipe(String name) {
    return recipes.resolve(name + ".yaml");
  }

  private Path traceFile() {
    return folder.resolve("chain.jsonl");
  }

  private Path annotatedFile() {
    return folder.resolve("chain-annotated.parquet");
  }

  private Path problemFile() {
    return folder.resolve("problems.jsonl");
  }
}
