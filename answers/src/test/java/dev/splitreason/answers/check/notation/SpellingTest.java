package dev.splitreason.answers.check.notation;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\\dfrac{1}{2}; \\frac{1}{2}",
        "\\left( \\tfrac12 \\right); ( \\frac12 )",
        "$12$.; 12",
        "\\(x\\); x",
        "3 \\times 10^{5}; 3 * 10^{5}",
        "14{,}916; 14916",
        "14 {, } 916; 14916",
        "32,\\!349; 32349",
        "10\\,000; 10000",
        "5\\,000\\,000; 5000000",
        "2\\,x; 2 x",
        "90^{\\circ}; 90\\degree",
        "90°; 90\\degree",
        "x²; x^2",
        "−5; -5",
        "½; \\frac{1}{2}",
        "\\mathrm{cm}; \\text{cm}",
        "\\mathbf{v}; {v}",
        "{\\bf 12}; { 12}",
        "x**2; x^2",
        "**42**; 42",
        "\\lvert x \\rvert; | x |",
        "\\left. x \\right|; x |",
        "\\\\frac{1}{2}; \\frac{1}{2}",
        "\\begin{pmatrix}1\\\\\\frac12\\end{pmatrix}; \\begin{pmatrix}1\\\\\\frac12\\end{pmatrix}",
        "12\\%; 12%",
        "\\$5; 5",
      })
  void theManySpellingsOfOneThingBecomeOne(String written, String unified) {
    assertThat(Spelling.unify(written)).isEqualTo(unified);
  }

  @Test
  void spacesBetweenWordsAreKeptInKeysAndOthersAreNot() {
    assertThat(Spelling.key("a b + 1 / 2")).isEqualTo("a b+1/2");
  }

  @Test
  void wordsLoseCaseAndMarksButALetterKeepsItsCase() {
    assertThat(Spelling.words("\\text{Point } P.")).isEqualTo("point p");
    assertThat(Spelling.fold("(A)")).isEqualTo("A");
  }

  @Property
  void unifyingAgainChangesNothingInPlainText(@ForAll("plain") String text) {
    String once = Spelling.unify(text);
    assertThat(Spelling.unify(once)).isEqualTo(once);
  }

  @Provide
  Arbitrary<String> plain() {
    return Arbitraries.strings().withChars("ab12 .,;()-+/").ofMaxLength(20);
  }
}
