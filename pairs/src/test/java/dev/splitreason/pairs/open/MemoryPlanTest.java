package dev.splitreason.pairs.open;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.engine.llamacpp.CacheCost;
import dev.splitreason.pairs.open.MemoryPlan.Member;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {

  private static final long GIB = 1L << 30;

  /** As DeepSeek-R1-Distill-Qwen 1.5B and 7B are, in Q8_0. */
  private static final Member SMALL = new Member("s", new CacheCost(28 << 10, 131_072), 2 * GIB, 0);

  private static final Member LARGE = new Member("l", new CacheCost(56 << 10, 131_072), 8 * GIB, 0);

  @Test
  void everyAnswerHasRoomToBecomeAsLongAsIsAsked() {
    MemoryPlan plan = MemoryPlan.of(List.of(SMALL, LARGE), 8, 4000, 64 * GIB);

    assertThat(plan.answersAtOnce()).isEqualTo(8);
    assertThat(plan.contexts()).containsEntry("s", 6144).containsEntry("l", 6144);
  }

  @Test
  void whereMemoryIsShortFewerAnswersAreUnderWayAndNoneIsShorter() {
    MemoryPlan plan = MemoryPlan.of(List.of(SMALL, LARGE), 8, 32_768, 24 * GIB);

    // (24 - 10 - 1) GiB over 34,816 tokens of 84 KiB.
    assertThat(plan.answersAtOnce()).isEqualTo(4);
    assertThat(plan.contexts()).containsEntry("s", 34_816);
  }

  @Test
  void whereNotOneFitsTheOneIsAsLongAsMemoryAllows() {
    MemoryPlan plan = MemoryPlan.of(List.of(SMALL, LARGE), 8, 32_768, 12 * GIB);

    assertThat(plan.answersAtOnce()).isEqualTo(1);
    assertThat(plan.contexts().get("s")).isBetween(8192, 20_000);
  }

  @Test
  void noSessionIsLongerThanTheModelWasTrainedForOrTheUserAsked() {
    var brief = new Member("b", new CacheCost(100, 512), 100, 0);
    var asked = new Member("a", new CacheCost(100, 32_768), 100, 3000);

    MemoryPlan plan = MemoryPlan.of(List.of(brief, asked), 8, 4096, 64 * GIB);

    assertThat(plan.contexts()).containsEntry("b", 512).containsEntry("a", 3000);
  }
}
