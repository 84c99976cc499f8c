package dev.splitreason.data.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.splitreason.data.chain.ChainStep.Operation;
import dev.splitreason.files.jsonl.Line;
import dev.splitreason.files.jsonl.LineReader;
import dev.splitreason.files.jsonl.MalformedLineException;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import tools.jackson.databind.node.ObjectNode;

class ChainProblemsProperties {

  private static final Pattern STEP = Pattern.compile("(Add|Subtract|Multiply by) (\\d\\d)\\.");

  @Property
  void theAnswerIsWhatExactArithmeticGives(
      @ForAll long seed, @ForAll @LongRange(min = 0, max = 1_000_000) long index) {
    ChainProblem problem = ChainProblems.of(seed).get(index);

    assertThat(problem.answer()).isEqualTo(exactAnswer(problem.question()));
  }

  @Property
  void everyLineOfTheSolutionGoesOnWhereTheOneBeforeEnded(
      @ForAll long seed, @ForAll @LongRange(min = 0, max = 1_000_000) long index) {
    ChainProblem problem = ChainProblems.of(seed).get(index);

    String state = ChainStep.twoDigits(problem.start());
    for (String line : problem.workings()) {
      assertThat(line).startsWith(state).matches("\\d\\d([+-]\\d\\d=\\d\\d|\\*\\d\\d=\\d{4})");
      state = line.substring(line.length() - 2);
    }
    assertThat(state).isEqualTo(problem.answer());
  }

  @Property
  void aProblemIsAFunctionOfSeedAndIndex(
      @ForAll long seed, @ForAll @LongRange(min = 0, max = 50) long index) {
    List<ChainProblem> first = ChainProblems.of(seed).first(index + 1).toList();

    assertThat(first.getLast()).isEqualTo(ChainProblems.of(seed).get(index));
  }

  @Example
  void lengthsAndMultiplicationsAreAsOftenAsSaid() {
    List<ChainProblem> problems = ChainProblems.of(7).first(20_000).toList();
    long steps = problems.stream().mapToLong(problem -> problem.steps().size()).sum();
    long hard = problems.stream().mapToLong(ChainProblem::hardSteps).sum();

    assertThat(problems).extracting(problem -> problem.steps().size()).containsOnly(4, 5, 6, 7, 8);
    assertThat((double) steps / problems.size()).isCloseTo(6, within(0.05));
    assertThat((double) hard / steps).isCloseTo(0.3, within(0.005));
  }

  @Property(tries = 100)
  void easierRulesBoundWhatIsAddedAndMultiplied(
      @ForAll long seed,
      @ForAll @IntRange(min = 0, max = 99) int greatestTerm,
      @ForAll @IntRange(min = 11, max = 99) int greatestFactor) {
    var rules = new ChainRules(2, 3, 0.5, greatestFactor, greatestTerm);

    assertThat(
            new ChainProblems(seed, rules).first(50).flatMap(problem -> problem.steps().stream()))
        .allSatisfy(
            step -> {
              boolean product = step.operation() == Operation.MULTIPLY;
              assertThat(step.operand())
                  .isBetween(product ? 11 : 0, product ? greatestFactor : greatestTerm);
            });
  }

  @Example
  void rulesThatNoProblemCanFollowAreRefused() {
    assertThatThrownBy(() -> new ChainRules(2, 3, 0.5, 99, 100)).hasMessageContaining("term");
    assertThatThrownBy(() -> new ChainRules(2, 3, 0.5, 99, -1)).hasMessageContaining("term");
    assertThatThrownBy(() -> new ChainRules(2, 3, 0.5, 10, 99)).hasMessageContaining("factor");
  }

  @Example
  void theReferenceTracesWorkOutTheSameAnswers() throws IOException, MalformedLineException {
    int traces = 0;
    try (LineReader lines = LineReader.open(Path.of("../models/reference-traces.jsonl"))) {
      for (Line line = lines.next(); line != null; line = lines.next()) {
        ObjectNode trace = line.object();
        ChainProblem problem = parse(trace.path("problem").asString());
        assertThat(problem.question()).isEqualTo(trace.path("problem").asString());
        assertThat(problem.answer()).isEqualTo(trace.path("answer").asString());
        traces++;
      }
    }
    assertThat(traces).isEqualTo(60);
  }

  @Example
  void theResponseIsTheOneTheReferenceModelsWereTrainedOn() {
    ChainProblem problem =
        parse("Start with 37. Multiply by 48. Add 29. Subtract 85. Give the last two digits.");

    assertThat(problem.response())
        .isEqualTo(
            """
            <think>
            37*48=1776
            76+29=05
            05-85=20
            </think>
            <answer>
            \\boxed{20}
            </answer>\
            """);
    assertThat(problem.hardSteps()).isEqualTo(1);
  }

  @Example
  void operandsOutsideTheTaskAreRefused() {
    assertThatThrownBy(() -> new ChainStep(ChainStep.Operation.MULTIPLY, 10))
        .hasMessage("MULTIPLY takes an operand in 11 … 99, not 10");
    assertThatThrownBy(() -> new ChainProblem(100, List.of()))
        .hasMessage("a chain starts with 0 … 99, not 100");
    assertThatThrownBy(() -> new ChainRules(4, 8, 1.5, 99, 99)).hasMessageContaining("not 1.5");
  }

  private static ChainProblem parse(String question) {
    Matcher step = STEP.matcher(question);
    List<ChainStep> steps =
        step.results()
            .map(
                found ->
                    new ChainStep(
                        switch (found.group(1)) {
                          case "Add" -> ChainStep.Operation.ADD;
                          case "Subtract" -> ChainStep.Operation.SUBTRACT;
                          default -> ChainStep.Operation.MULTIPLY;
                        },
                        Integer.parseInt(found.group(2))))
            .toList();
    return new ChainProblem(Integer.parseInt(question.substring(11, 13)), steps);
  }

  private static String exactAnswer(String question) {
    BigInteger hundred = BigInteger.valueOf(100);
    BigInteger state = new BigInteger(question.substring(11, 13));
    Matcher step = STEP.matcher(question);
    while (step.find()) {
      BigInteger operand = new BigInteger(step.group(2));
      state =
          switch (step.group(1)) {
            case "Add" -> state.add(operand);
            case "Subtract" -> state.subtract(operand);
            default -> state.multiply(operand);
          };
    }
    return ChainStep.twoDigits(state.mod(hundred).intValueExact());
  }
}
