package dev.splitreason.answers.check.notation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.answers.check.notation.Conventions.Commas;
import dev.splitreason.answers.check.notation.Conventions.Slash;
import dev.splitreason.answers.check.notation.Expression.Apply;
import dev.splitreason.answers.check.notation.Expression.Based;
import dev.splitreason.answers.check.notation.Expression.Bracket;
import dev.splitreason.answers.check.notation.Expression.Comparator;
import dev.splitreason.answers.check.notation.Expression.Constant;
import dev.splitreason.answers.check.notation.Expression.Degrees;
import dev.splitreason.answers.check.notation.Expression.Group;
import dev.splitreason.answers.check.notation.Expression.Literal;
import dev.splitreason.answers.check.notation.Expression.Matrix;
import dev.splitreason.answers.check.notation.Expression.Percent;
import dev.splitreason.answers.check.notation.Expression.PlusMinus;
import dev.splitreason.answers.check.notation.Expression.Power;
import dev.splitreason.answers.check.notation.Expression.Product;
import dev.splitreason.answers.check.notation.Expression.Ratio;
import dev.splitreason.answers.check.notation.Expression.Relation;
import dev.splitreason.answers.check.notation.Expression.Sum;
import dev.splitreason.answers.check.notation.Expression.Symbol;
import dev.splitreason.answers.check.notation.Expression.Words;
import java.util.List;
import org.hipparchus.fraction.BigFraction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerReaderTest {

  private static final Expression X = new Symbol("x");
  private static final Expression Y = new Symbol("y");
  private static final Expression TWO = Expression.integer(2);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "42; 42; -1",
        "007; 7; -1",
        "0.50; 1/2; 2",
        ".5; 1/2; 1",
        "7,425,000; 7425000; -1",
        "1 000; 1000; -1",
        "1,234.5; 2469/2; 1",
        "0.\\overline{6}; 2/3; -1",
        "0.1\\overline{6}; 1/6; -1",
        "6.02e3; 6020; -1",
        "2.5E-2; 1/40; 3",
        "1\\frac{1}{2}; 3/2; -1",
        "7 3/4; 31/4; -1",
        "12 apples; 12; -1",
        "15 cm^2; 15; -1",
        "9.8 m/s^2; 49/5; 1",
        "25 miles per hour; 25; -1",
        "about 5; 5; -1",
        "twelve; 12; -1",
      })
  void numbersKeepTheirExactValueAndHowManyDecimalsTheyWereWrittenWith(
      String text, String value, int decimals) {
    String[] parts = value.split("/", -1);
    BigFraction fraction =
        new BigFraction(Long.parseLong(parts[0]), parts.length == 1 ? 1 : Long.parseLong(parts[1]));
    assertThat(read(text)).isEqualTo(new Literal(fraction, decimals));
  }

  @Test
  void fractionsTakeTheirArgumentsAsTexDoes() {
    Expression half = Expression.divide(Expression.integer(1), TWO);
    assertThat(read("\\frac{1}{2}")).isEqualTo(half);
    assertThat(read("\\frac12")).isEqualTo(half);
    assertThat(read("\\frac1{2}")).isEqualTo(half);
    assertThat(read("1/2")).isEqualTo(half);
    assertThat(read("\\sqrt2x")).isEqualTo(new Product(List.of(new Power(TWO, half), X)));
  }

  @Test
  void aSlashReachesOverOneFactorOrAllOfThem() {
    Expression half = Expression.divide(Expression.integer(1), TWO);
    assertThat(read("1/2x"))
        .isEqualTo(
            new Product(List.of(Expression.integer(1), new Power(TWO, Expression.integer(-1)), X)));
    assertThat(AnswerReader.read("1/2x", Conventions.with(Slash.ALL_FACTORS)))
        .isEqualTo(Expression.divide(Expression.integer(1), new Product(List.of(TWO, X))));
    assertThat(half).isNotEqualTo(read("1/2x"));
  }

  @Test
  void aCommaGroupsPartsOrIsTheDecimalPoint() {
    assertThat(read("12,345")).isEqualTo(Expression.integer(12_345));
    assertThat(AnswerReader.read("12,345", Conventions.with(Commas.SEPARATORS)))
        .isEqualTo(list(Expression.integer(12), Expression.integer(345)));
    assertThat(AnswerReader.read("12,5", Conventions.with(Commas.DECIMAL)))
        .isEqualTo(new Literal(new BigFraction(25, 2), 1));
    assertThat(read("(12,345)"))
        .isEqualTo(
            new Group(Bracket.ROUND, List.of(Expression.integer(12), Expression.integer(345))));
  }

  @Test
  void factorsStandSideBySideAndMinusBindsLessThanPowers() {
    assertThat(read("2xy")).isEqualTo(new Product(List.of(TWO, X, Y)));
    assertThat(read("-x^2")).isEqualTo(Expression.negate(new Power(X, TWO)));
    assertThat(read("x^{-2}")).isEqualTo(new Power(X, Expression.integer(-2)));
    assertThat(read("x(y+2)")).isEqualTo(new Product(List.of(X, new Sum(List.of(Y, TWO)))));
  }

  @Test
  void functionsTakeWhatFollowsUpToTheNextFunction() {
    assertThat(read("\\sin 2x \\cos y"))
        .isEqualTo(
            new Product(
                List.of(
                    new Apply("sin", List.of(new Product(List.of(TWO, X)))),
                    new Apply("cos", List.of(Y)))));
    assertThat(read("\\sin^2 x")).isEqualTo(new Power(new Apply("sin", List.of(X)), TWO));
    assertThat(read("\\sin^{-1}(x)")).isEqualTo(new Apply("arcsin", List.of(X)));
    assertThat(read("\\log_2 x")).isEqualTo(new Apply("logbase", List.of(TWO, X)));
    assertThat(read("f(x, y)")).isEqualTo(new Apply("f", List.of(X, Y)));
    assertThat(read("n!!")).isEqualTo(new Apply("doublefactorial", List.of(new Symbol("n"))));
  }

  @Test
  void barsEncloseAndNest() {
    assertThat(read("|x-2|")).isEqualTo(new Apply("abs", List.of(Expression.subtract(X, TWO))));
    assertThat(read("2|x|y")).isEqualTo(new Product(List.of(TWO, new Apply("abs", List.of(X)), Y)));
  }

  @Test
  void bracketsSayWhatTheirItemsAre() {
    List<Expression> items = List.of(X, Y);
    assertThat(read("(x, y)")).isEqualTo(new Group(Bracket.ROUND, items));
    assertThat(read("[x, y]")).isEqualTo(new Group(Bracket.SQUARE, items));
    assertThat(read("(x, y]")).isEqualTo(new Group(Bracket.LEFT_OPEN, items));
    assertThat(read("[x; y)")).isEqualTo(new Group(Bracket.RIGHT_OPEN, items));
    assertThat(read("\\{x, y\\}")).isEqualTo(new Group(Bracket.BRACES, items));
    assertThat(read("\\langle x, y\\rangle")).isEqualTo(new Group(Bracket.ROUND, items));
    assertThat(read("x, y")).isEqualTo(list(X, Y));
    assertThat(read("x \\text{ or } y")).isEqualTo(list(X, Y));
    assertThat(read("x and y")).isEqualTo(new Group(Bracket.AND, items));
    assertThat(read("(x)")).isEqualTo(X);
  }

  @Test
  void listsOfListsArePoints() {
    assertThat(read("x=1, y=2; x=3, y=4"))
        .isInstanceOfSatisfying(
            Group.class,
            group -> {
              assertThat(group.bracket()).isEqualTo(Bracket.BARE);
              assertThat(group.items())
                  .hasSize(2)
                  .allSatisfy(
                      item ->
                          assertThat(item)
                              .isInstanceOfSatisfying(
                                  Group.class,
                                  point -> assertThat(point.bracket()).isEqualTo(Bracket.ROUND)));
            });
  }

  @Test
  void relationsAreChains() {
    assertThat(read("2 < x \\le y"))
        .isEqualTo(
            new Relation(List.of(TWO, X, Y), List.of(Comparator.LESS, Comparator.LESS_OR_EQUAL)));
    assertThat(read("\\{x \\mid x > 2\\}"))
        .isEqualTo(new Relation(List.of(X, TWO), List.of(Comparator.GREATER)));
  }

  @Test
  void whatIsApproximatelyEqualIsTheSameValueAgain() {
    assertThat(read("x = 2 \\approx 2.1"))
        .isEqualTo(new Relation(List.of(X, TWO), List.of(Comparator.EQUAL)));
    assertThat(read("\\sqrt{4} \\approx 2")).isEqualTo(read("\\sqrt{4}"));
    assertThat(read("x \\approx 2")).isEqualTo(read("x = 2"));
  }

  @Test
  void marksStayWithTheirValues() {
    assertThat(read("12\\%")).isEqualTo(new Percent(Expression.integer(12)));
    assertThat(read("12 percent")).isEqualTo(new Percent(Expression.integer(12)));
    assertThat(read("90^\\circ")).isEqualTo(new Degrees(Expression.integer(90)));
    assertThat(read("x \\pm 2")).isEqualTo(new PlusMinus(X, TWO, false));
    assertThat(read("204_5")).isEqualTo(new Based("204", 5));
    assertThat(read("2:x")).isEqualTo(new Ratio(List.of(TWO, X)));
    assertThat(read("x_{12}")).isEqualTo(new Symbol("x_12"));
    assertThat(read("e^{i\\pi}"))
        .isEqualTo(new Power(Constant.E, new Product(List.of(Constant.I, Constant.PI))));
  }

  @Test
  void matricesAreReadFromEveryEnvironment() {
    Matrix matrix = new Matrix(List.of(List.of(X, Y), List.of(TWO, X)));
    assertThat(read("\\begin{pmatrix}x&y\\\\2&x\\end{pmatrix}")).isEqualTo(matrix);
    assertThat(read("\\left[\\begin{array}{cc}x&y\\\\2&x\\\\\\end{array}\\right]"))
        .isEqualTo(matrix);
    assertThat(read("\\begin{vmatrix}x&y\\\\2&x\\end{vmatrix}"))
        .isEqualTo(new Apply("det", List.of(matrix)));
  }

  @Test
  void wordsAreWordsWhenNoValueIsAmongThem() {
    assertThat(read("\\text{Monday}")).isEqualTo(new Words("Monday"));
    assertThat(read("no solution")).isEqualTo(new Words("no solution"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "(",
        "\\frac{1}",
        "x +",
        "1 2/",
        "n is even",
        "5 of the 12",
        "\\begin{cases} 1 & 2 \\end{cases}",
        "\\begin{pmatrix}1&2\\\\3\\end{pmatrix}",
        "\\begin{pmatrix}1",
        "|x",
        "^2",
        "=",
        "The sum: 5 x",
        "\\sum_{2}^{3} x",
        "1_",
        "(1,2",
        "\\{1",
        "\\left\\lfloor x"
      })
  void whatIsNotMathematicsIsNotRead(String text) {
    assertThat(read(text)).isNull();
  }

  private static Group list(Expression... items) {
    return new Group(Bracket.BARE, List.of(items));
  }

  private static @Nullable Expression read(String text) {
    return AnswerReader.read(Spelling.unify(text), Conventions.LIKELIEST);
  }
}
