package dev.splitreason.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.error.Place.Field;
import dev.splitreason.core.error.Place.File;
import dev.splitreason.core.error.Place.Line;
import dev.splitreason.core.error.Place.Within;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class UserMistakeTest {

  private static final Path RECIPE = Path.of("recipe.yaml");

  @Test
  void saysWhatIsWrongAndWhatToDoInOneLine() {
    var mistake = new UserMistake("the replay lacks its snippets", "name them with --snippets");

    assertThat(mistake)
        .hasMessage("the replay lacks its snippets: name them with --snippets")
        .returns("the replay lacks its snippets", UserMistake::problem)
        .returns("name them with --snippets", UserMistake::remedy)
        .returns(null, UserMistake::where);
  }

  @Test
  void isToldItsPlaceByWhoeverKnowsIt() {
    var mistake = new UserMistake("the rate must be above 0, not -1");

    assertThat(mistake.at(new Line(RECIPE, 7)))
        .hasMessage("recipe.yaml:7: the rate must be above 0, not -1")
        .returns("the rate must be above 0, not -1", UserMistake::problem)
        .returns(new Line(RECIPE, 7), UserMistake::where);
  }

  @Test
  void keepsTheInnerPlaceWhenTheOuterOneIsTold() {
    var mistake = new UserMistake("the rate must be above 0, not -1").at(new Field("optimizer"));

    assertThat(mistake.at(new File(RECIPE)))
        .hasMessage("recipe.yaml: optimizer: the rate must be above 0, not -1")
        .returns(new Within(new File(RECIPE), new Field("optimizer")), UserMistake::where);
  }

  @Test
  void namesAPlaceOnceThatIsTheSubjectOfTheSentence() {
    var mistake = UserMistake.ofOption("--threads", "must be at least 1, not 0");

    assertThat(mistake)
        .hasMessage("--threads must be at least 1, not 0")
        .returns(new Place.Option("--threads"), UserMistake::where);
  }

  @Test
  void keepsWhereItWasFoundAndItsCauseWhenItsPlaceIsTold() {
    var cause = new NumberFormatException("x");
    var mistake = new UserMistake("'x' is no number", cause);

    UserMistake told = mistake.at(new Field("rate"));

    assertThat(told).hasCause(cause);
    assertThat(told.getStackTrace()).isEqualTo(mistake.getStackTrace());
  }

  @Test
  void isWhatCallersOfALibraryExpectOfAWrongArgument() {
    assertThat(new UserMistake("wrong")).isInstanceOf(IllegalArgumentException.class);
  }
}
