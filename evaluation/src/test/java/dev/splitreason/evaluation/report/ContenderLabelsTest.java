package dev.splitreason.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.evaluation.run.Contender;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContenderLabelsTest {

  @ParameterizedTest
  @CsvSource({
    "models/small-split.gguf, small-split",
    "small-sft/model.gguf, small-sft",
    "model.gguf, model",
    "http://localhost:8000/v1#qwen, v1#qwen",
  })
  void aModelGoesByWhatTellsItFromOthers(String model, String name) {
    assertThat(ContenderLabels.base(model)).isEqualTo(name);
  }

  @Test
  void onlyModelsThatDifferAreNamed() {
    var sft = new Contender("learned", "small-sft/model.gguf", "large/model.gguf");
    var split = new Contender("learned", "small-split/model.gguf", "large/model.gguf");
    var large = new Contender("large", null, "large/model.gguf");
    var names = new ContenderLabels(List.of(sft, split, large));

    assertThat(names.of(sft)).isEqualTo("learned · small-sft");
    assertThat(names.of(split)).isEqualTo("learned · small-split");
    assertThat(names.of(large)).isEqualTo("large");
  }

  @Test
  void contendersOfSeveralRunsAreToldApartByTheRunsFolders() {
    var small = new Contender("small", "small/model.gguf", null);
    var first = small.of("/runs/pair/eval-sft");
    var second = small.of("eval-split");
    var names = new ContenderLabels(List.of(first, second));

    assertThat(names.of(first)).isEqualTo("small (eval-sft)");
    assertThat(names.of(second)).isEqualTo("small (eval-split)");
    assertThat(first.models()).isEqualTo("small/model.gguf (/runs/pair/eval-sft)");
  }
}
