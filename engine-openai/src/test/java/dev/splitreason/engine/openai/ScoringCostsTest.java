package dev.splitreason.engine.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.engine.openai.ScoringCosts.Way;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Condition;
import org.junit.jupiter.api.Test;

/** Which way of scoring is taken, on servers whose costs are known. */
class ScoringCostsTest {

  private static final int RUN = 8;

  private final ScoringCosts costs = new ScoringCosts();

  private Way look(int context) {
    Way way = costs.next(context, RUN);
    costs.took(way, context, RUN, seconds(way, context));
    return way;
  }

  /** Much as on vLLM: computing a prompt anew grows with it, a cached prefix hardly costs. */
  private static double seconds(Way way, int context) {
    return way == Way.WHOLE_PROMPT ? 0.03 + 0.001 * context : 0.4 + 0.0001 * context;
  }

  private List<Way> looks(int from, int to) {
    List<Way> ways = new ArrayList<>();
    for (int context = from; context < to; context += RUN) {
      ways.add(look(context));
    }
    return ways;
  }

  @Test
  void eachWayIsTriedOnceAndTheCheaperOneTakenAtEitherSideOfTheCrossing() {
    assertThat(looks(64, 96)).startsWith(Way.WHOLE_PROMPT, Way.EACH_PREFIX, Way.WHOLE_PROMPT);
    assertThat(looks(96, 300)).containsOnly(Way.WHOLE_PROMPT);
    looks(300, 600);
    assertThat(looks(600, 800)).areAtMost(1, new Condition<>(Way.WHOLE_PROMPT::equals, "a try"));
    assertThat(costs.next(100, RUN)).isEqualTo(Way.WHOLE_PROMPT);
  }

  @Test
  void thePriceOfTryingStaysWithinAFewPercentOfTheWhole() {
    double spent = 0;
    double best = 0;
    for (int i = 0; i < 5000; i++) {
      spent += seconds(look(4096), 4096);
      best += seconds(Way.EACH_PREFIX, 4096);
    }

    assertThat(spent / best).isBetween(1.01, 1.05);
  }

  @Test
  void aServerThatBecomesFasterIsFoundOut() {
    looks(64, 1024);
    assertThat(look(1024)).isEqualTo(Way.EACH_PREFIX);
    List<Way> ways = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      Way way = costs.next(1024, RUN);
      costs.took(way, 1024, RUN, way == Way.WHOLE_PROMPT ? 0.01 : 0.5);
      ways.add(way);
    }

    assertThat(ways.subList(300, 400)).containsOnly(Way.WHOLE_PROMPT);
  }

  @Test
  void aStallOfTheServerIsNoPrice() {
    for (int i = 0; i < 10; i++) {
      look(1024);
    }
    costs.took(Way.EACH_PREFIX, 1024, RUN, 60);

    assertThat(costs.next(1024, RUN)).isEqualTo(Way.EACH_PREFIX);
  }

  @Test
  void runsOfAnotherLengthHaveCostsOfTheirOwn() {
    looks(600, 1024);

    assertThat(costs.next(1024, 64)).isEqualTo(Way.WHOLE_PROMPT);
    assertThat(costs.next(1024, RUN + 1)).isEqualTo(Way.EACH_PREFIX);
  }
}
