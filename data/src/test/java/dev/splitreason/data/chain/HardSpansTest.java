package dev.splitreason.data.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.data.chain.ChainStep.Operation;
import java.util.List;
import org.junit.jupiter.api.Test;

class HardSpansTest {

  @Test
  void theTwoMiddleDigitsOfEachProductAreHard() {
    var problem =
        new ChainProblem(
            37,
            List.of(
                new ChainStep(Operation.MULTIPLY, 48),
                new ChainStep(Operation.ADD, 29),
                new ChainStep(Operation.MULTIPLY, 11)));
    String response = problem.response();

    assertThat(problem.hardSpans())
        .extracting(span -> response.substring(span.start(), span.end()))
        .containsExactly("77", "05");
    assertThat(response).contains("37*48=1776\n76+29=05\n05*11=0055");
  }
}
