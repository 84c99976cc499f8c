package dev.splitreason.core.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelException.Kind;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.split.ScriptedModel.Operation;
import dev.splitreason.core.split.ScriptedModel.Trouble;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.Trace;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A large model that fails, or falls silent: the answer goes on without it. */
@Timeout(60)
class DegradedTest {

  private static final String PLAIN = "12+21=33. So 3 and 3.";

  /** Writes the plain text, asks for one span, and knows how to go on wherever that breaks off. */
  private static final Language SMALL =
      text -> {
        String plain = text.replace("<bigmodel>", "").replace("</bigmodel>", "");
        boolean inside = text.contains("<bigmodel>") && !text.contains("</bigmodel>");
        if (plain.equals("12+21=") && !text.contains("<bigmodel>")) {
          return "<bigmodel>";
        }
        return inside && plain.endsWith("33.") ? "</bigmodel>" : PLAIN.substring(plain.length());
      };

  private static Play play() {
    return Play.of(SMALL, Language.script(PLAIN))
        .withBase(new ScriptedModel(Vocabulary.TAGGED, Language.script(PLAIN)));
  }

  private static Trouble failing(Operation where, int when) {
    return (operation, count) -> {
      if (operation == where && count >= when) {
        throw new ModelException(Kind.UNAVAILABLE, "the server is gone");
      }
    };
  }

  private static Trouble hanging(Operation where, int when) {
    return (operation, count) -> {
      if (operation == where && count >= when) {
        LimitsTest.hang();
      }
    };
  }

  private static SplitOptions options(String policy, boolean pipelined) {
    return SplitOptions.DEFAULT
        .withPolicy(Policy.parse(policy))
        .withPipelined(pipelined)
        .withLargeTimeout(Duration.ofMillis(50));
  }

  private static void isWholeButDegraded(Trace trace, String reason) {
    assertThat(trace.text().replace("<bigmodel>", "").replace("</bigmodel>", "")).isEqualTo(PLAIN);
    assertThat(trace.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(trace.degraded()).isTrue();
    assertThat(trace.degradedBecause()).contains(reason);
  }

  @ParameterizedTest
  @CsvSource({
    "learned,OPEN,0",
    "learned,APPEND,0",
    "learned,TOKEN,0",
    "learned,TOKEN,2",
    "large,OPEN,0",
    "large,APPEND,0",
    "large,TOKEN,0",
    "large,TOKEN,5",
    "judged:1,OPEN,0",
    "judged:1,APPEND,0",
    "judged:1,SCORE,0",
    "judged:0,TOKEN,2",
    "route:0,OPEN,0",
    "route:0,TOKEN,3",
    "random:0.5,OPEN,0",
    "random:0.5,APPEND,0",
    "random:0.5,APPEND,1",
    "random:0.5,TOKEN,2",
  })
  void aFailureLosesNothingAndIsTold(String policy, Operation where, int when) {
    for (boolean pipelined : new boolean[] {false, true}) {
      Play failing = play();
      failing.large.with(failing(where, when));
      isWholeButDegraded(failing.decode(options(policy, pipelined)), "the server is gone");

      Play hanging = play();
      hanging.large.with(hanging(where, when));
      isWholeButDegraded(hanging.decode(options(policy, pipelined)), "no token came for 0.05 s");
    }
  }

  @Test
  void anEntropyPolicyGoesOnAloneToo() {
    Play play = Play.of(Language.script(PLAIN).uncertainAfter("="), Language.script(PLAIN));
    play.large.with(failing(Operation.TOKEN, 0));

    isWholeButDegraded(play.decode(options("entropy:2", true)), "the server is gone");
  }

  @Test
  void aFullContextIsAFailure() {
    Play play = play();
    play.large.withContext(Vocabulary.TAGGED.tokenizeWithControl(Play.LARGE_PROMPT).length + 7);

    isWholeButDegraded(play.decode(options("learned", false)), "context");
  }

  @Test
  void aLargeModelThatFailedIsLeftAlone() {
    Play play = play();
    int[] calls = {0};
    play.large.with(
        (operation, count) -> {
          calls[0]++;
          throw new ModelException(Kind.UNAVAILABLE, "the server is gone");
        });
    play.withChunk(1).decode(options("learned", true));

    assertThat(calls[0]).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(names = {"OPEN", "APPEND", "SCORE", "TOKEN"})
  void aSmallModelThatFailsIsTheCallersProblem(Operation where) {
    for (boolean pipelined : new boolean[] {false, true}) {
      Play play = play();
      play.small.with(failing(where, 0));

      assertThatThrownBy(() -> play.decode(options("learned", pipelined)))
          .isInstanceOf(ModelException.class)
          .hasMessage("the server is gone");
    }
  }

  @Test
  void anErrorInAThreadOfItsOwnReachesTheCaller() {
    Play play = play();
    play.small.with(
        (operation, count) -> {
          if (operation == Operation.SCORE) {
            throw new StackOverflowError("deep");
          }
        });

    assertThatThrownBy(() -> play.decode(options("learned", true))).hasRootCauseMessage("deep");
  }
}
