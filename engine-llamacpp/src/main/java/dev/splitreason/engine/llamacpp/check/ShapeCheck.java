package dev.splitreason.engine.llamacpp.check;

import dev.splitreason.core.gguf.GgufValue;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The numbers that shape a model: llama_model_base::load_hparams and the graphs of src/models
 * assert what is required here.
 */
final class ShapeCheck {

  /** {@code LLAMA_MAX_EXPERTS}. */
  private static final int MAX_EXPERTS = 512;

  private static final Set<String> ROPE_SCALINGS = Set.of("none", "linear", "yarn", "longrope");

  private final Hyperparameters numbers;
  private final String architecture;

  private ShapeCheck(Hyperparameters numbers) {
    this.numbers = numbers;
    this.architecture = numbers.architecture();
  }

  static void check(Hyperparameters numbers) {
    ShapeCheck check = new ShapeCheck(numbers);
    check.lengths();
    check.heads();
    check.experts();
    check.positions();
    check.epsilon("attention.layer_norm_rms_epsilon");
    check.epsilon("attention.layer_norm_epsilon");
  }

  private void lengths() {
    requirePositive("context_length");
    requirePositive("embedding_length");
    int further = numbers.count("nextn_predict_layers", 0);
    require(further < numbers.layers(), "nextn_predict_layers", "is " + further);
  }

  private void requirePositive(String name) {
    require(numbers.count(name, 1) > 0, name, "is 0");
  }

  private void heads() {
    List<Integer> heads = numbers.byLayer("attention.head_count", List.of());
    if (heads.isEmpty()) {
      throw numbers.wrong("attention.head_count", "is missing");
    }
    List<Integer> keyHeads = numbers.byLayer("attention.head_count_kv", heads);
    if (!Architecture.headsByLayer(architecture)) {
      requireUniform("attention.head_count", heads);
      requireUniform("attention.head_count_kv", keyHeads);
    }
    for (int layer = 0; layer < heads.size(); layer++) {
      int queries = heads.get(layer);
      int keys = keyHeads.get(layer);
      boolean without = Architecture.headsByLayer(architecture) && layer > 0 && keys == 0;
      require(
          without || (queries > 0 && keys > 0 && queries % keys == 0),
          "attention.head_count_kv",
          "is " + keys + " for " + queries + " heads");
    }
    headSizes(heads.getFirst());
  }

  private void requireUniform(String name, List<Integer> heads) {
    require(
        Collections.frequency(heads, heads.getFirst()) == heads.size(),
        name,
        "differs from layer to layer, which " + architecture + " has not");
  }

  private void headSizes(int heads) {
    int width = numbers.count("embedding_length", 0);
    int share = heads == 0 ? 0 : width / heads;
    int keys = numbers.count("attention.key_length", share);
    int values = numbers.count("attention.value_length", share);
    require(
        numbers.value("attention.key_length") != null || width % heads == 0,
        "embedding_length",
        "is " + width + ", which " + heads + " heads cannot share");
    require(keys > 0, "attention.key_length", "is 0");
    require(values > 0, "attention.value_length", "is 0");
    require(
        keys == values || !Architecture.valuesAreLikeKeys(architecture),
        "attention.value_length",
        "is " + values + ", but keys have " + keys + " numbers");
    int rotated = numbers.count("rope.dimension_count", keys);
    require(
        rotated == keys || !Architecture.rotatesWholeHeads(architecture),
        "rope.dimension_count",
        "is " + rotated + ", but heads have " + keys + " numbers");
    require(
        rotated <= keys && rotated % 2 == 0,
        "rope.dimension_count",
        "is " + rotated + "; it must be even and at most " + keys);
  }

  private void experts() {
    int experts = numbers.count("expert_count", 0);
    List<Integer> used =
        numbers.byLayer("expert_used_count", Collections.nCopies(numbers.layers(), 0));
    int most = Collections.max(used);
    int groups = numbers.count("expert_group_count", 0);
    int usedGroups = numbers.count("expert_group_used_count", 0);
    require(experts <= MAX_EXPERTS, "expert_count", "is " + experts + ", above " + MAX_EXPERTS);
    require(
        experts > 0 || !Architecture.needsExperts(architecture),
        "expert_count",
        "is 0, which " + architecture + " cannot be");
    require(
        most <= experts && (experts == 0 || Collections.min(used) > 0),
        "expert_used_count",
        "is " + most + " of " + experts + " experts");
    require(groups < Math.max(1, experts), "expert_group_count", "is " + groups);
    require(
        groups <= 1 || (experts % groups == 0 && usedGroups > 0 && usedGroups < groups),
        "expert_group_used_count",
        "is " + usedGroups + " of " + groups + " groups of " + experts + " experts");
  }

  private void positions() {
    GgufValue scaling = numbers.value("rope.scaling.type");
    if (scaling instanceof GgufValue.Text(String name)) {
      require(ROPE_SCALINGS.contains(name), "rope.scaling.type", "is '" + name + "'");
    }
    if (Architecture.needsSections(architecture)) {
      boolean some =
          numbers.value("rope.dimension_sections")
                  instanceof GgufValue.Wholes(var _, List<Long> sections)
              && sections.stream().limit(3).anyMatch(section -> section > 0)
              && sections.stream().allMatch(section -> section >= 0);
      require(some, "rope.dimension_sections", "names no section");
    }
  }

  private void epsilon(String name) {
    double epsilon = numbers.real(name, 0);
    require(
        epsilon >= 0 && epsilon < Double.POSITIVE_INFINITY,
        name,
        "is " + epsilon + "; it must be 0 or more");
  }

  private void require(boolean fine, String name, String problem) {
    if (!fine) {
      throw numbers.wrong(name, problem);
    }
  }
}
