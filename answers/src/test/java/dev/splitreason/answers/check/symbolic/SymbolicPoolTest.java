package dev.splitreason.answers.check.symbolic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.answers.check.symbolic.Question.Answer;
import dev.splitreason.answers.check.symbolic.Question.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SymbolicPoolTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Question TRUE =
      new Question(Kind.EQUAL, "(x1+1)^2", "x1^2+2*x1+1", List.of("x1"));
  private static final Question ENDLESS =
      new Question(Kind.EQUAL, "9^9^9^9", "9^9^9^9+1", List.of());

  private static final SymbolicPool SHARED = new SymbolicPool(1, 256);

  @AfterAll
  static void close() {
    SHARED.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "EQUAL; (x1+1)^2; x1^2+2*x1+1; YES",
        "EQUAL; (x1+1)^2; x1^2+2*x1; NO",
        "EQUAL; Sqrt(3+2*Sqrt(2)); 1+Sqrt(2); YES",
        "EQUAL; Exp(Pi*Sqrt(163)); 262537412640768744; NO",
        "EQUAL; Exp(-100); 0; NO",
        "EQUAL; Factorial(x1+1); (x1+1)*Factorial(x1); YES",
        "PROPORTIONAL; 2*x1-4; 2-x1; NEGATIVE",
        "PROPORTIONAL; 2*x1-4; x1-2; POSITIVE",
        "PROPORTIONAL; 2*x1-4; x1+2; NO",
      })
  void workersProveAndRefute(Kind kind, String left, String right, Answer answer) {
    List<String> variables = left.contains("x1") ? List.of("x1") : List.of();
    assertThat(ask(SHARED, new Question(kind, left, right, variables))).isEqualTo(answer);
  }

  @Test
  void noWorkerRunsBeforeItIsNeeded() {
    Set<Long> before = children();
    try (SymbolicPool pool = new SymbolicPool(2, 256)) {
      assertThat(before).containsAll(children());
      assertThat(ask(pool, TRUE)).isEqualTo(Answer.YES);
      assertThat(children()).filteredOn(child -> !before.contains(child)).hasSize(1);
    }
  }

  @Test
  void aWorkerThatExceedsItsTimeIsKilledAndAnotherTakesItsPlace() {
    try (SymbolicPool pool = new SymbolicPool(1, 256)) {
      assertThat(ask(pool, TRUE)).isEqualTo(Answer.YES);
      Set<Long> first = children();
      assertThat(ask(pool, ENDLESS)).isEqualTo(Answer.LIMIT);
      assertThat(ask(pool, TRUE)).isEqualTo(Answer.YES);
      assertThat(children()).isNotEqualTo(first);
    }
  }

  @Test
  void aWorkerThatDiesIsReplaced() {
    try (SymbolicPool pool = new SymbolicPool(1, 256)) {
      assertThat(ask(pool, TRUE)).isEqualTo(Answer.YES);
      ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
      assertThat(ask(pool, TRUE)).isIn(Answer.LIMIT, Answer.YES);
      assertThat(ask(pool, TRUE)).isEqualTo(Answer.YES);
    }
  }

  @Test
  void aWorkerThatExhaustsItsMemoryIsReplaced() {
    Question huge = new Question(Kind.EQUAL, "Table(k,{k,1,50000000})", "0", List.of());
    try (SymbolicPool pool = new SymbolicPool(1, 64)) {
      assertThat(pool.ask(huge, new Allowance(Duration.ofMinutes(1)))).isEqualTo(Answer.LIMIT);
      assertThat(ask(pool, TRUE)).isEqualTo(Answer.YES);
    }
  }

  @Test
  void nothingIsLeftRunningWhenThePoolIsClosed() throws Exception {
    Set<Long> before = children();
    SymbolicPool pool = new SymbolicPool(1, 256);
    assertThat(ask(pool, TRUE)).isEqualTo(Answer.YES);
    List<ProcessHandle> workers =
        ProcessHandle.current().children().filter(child -> !before.contains(child.pid())).toList();
    pool.close();

    for (ProcessHandle worker : workers) {
      worker.onExit().get();
    }
    assertThatThrownBy(() -> ask(pool, TRUE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void anInterruptedCallerGetsNoVerdictAndStaysInterrupted() {
    try (SymbolicPool pool = new SymbolicPool(1, 256)) {
      Thread.currentThread().interrupt();
      assertThat(ask(pool, TRUE)).isEqualTo(Answer.LIMIT);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(ask(pool, TRUE)).isEqualTo(Answer.YES);
    }
  }

  @Test
  void whatAnAnswerTookIsTakenOffTheAllowance() {
    try (SymbolicPool pool = new SymbolicPool(1, 256)) {
      Allowance allowance = new Allowance(SECOND);
      pool.ask(ENDLESS, allowance);
      assertThat(allowance.nanos()).isZero();
    }
  }

  private static Answer ask(SymbolicPool pool, Question question) {
    return pool.ask(question, new Allowance(SECOND));
  }

  private static Set<Long> children() {
    return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
  }
}
