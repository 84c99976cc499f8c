package dev.splitreason.cli.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class JsonShapeTest {

  @Test
  void otherValuesOfTheSameKindsAreTheSameShape() {
    assertThat(differences("{'a':1,'b':[{'c':'x'}]}", "{'a':7,'b':[{'c':'y'},{'c':''}]}"))
        .isEmpty();
  }

  @Test
  void anotherOrderIsAnotherShape() {
    assertThat(differences("{'a':1,'b':2}", "{'b':2,'a':1}"))
        .containsExactly("the document has [b, a], not [a, b]");
  }

  @Test
  void aNameMoreOrLessIsAnotherShape() {
    assertThat(differences("{'a':{'b':1}}", "{'a':{'b':1,'c':1}}"))
        .containsExactly(".a has [b, c], not [b]");
    assertThat(differences("{'a':{'b':1}}", "{'a':{}}")).containsExactly(".a has [], not [b]");
  }

  @Test
  void anotherKindOfValueIsAnotherShape() {
    assertThat(differences("{'a':1.0}", "{'a':1}"))
        .containsExactly(".a is a whole number, not a number with a fraction");
    assertThat(differences("{'a':'1'}", "{'a':1}"))
        .containsExactly(".a is a whole number, not STRING");
    assertThat(differences("{'a':[]}", "{'a':null}")).containsExactly(".a is NULL, not ARRAY");
  }

  @Test
  void eachElementLooksLikeOneOfTheExamples() {
    String examples = "[{'a':1},{'a':1,'gain':2}]";

    assertThat(differences(examples, "[{'a':1,'gain':3},{'a':4}]")).isEmpty();
    assertThat(differences(examples, "[{'a':1},{'gain':3}]"))
        .containsExactly("[1] has [gain], not [a]");
  }

  private static List<String> differences(String example, String value) {
    return new JsonShape(json(example)).differences(json(value));
  }

  private static tools.jackson.databind.JsonNode json(String text) {
    return JsonMapper.shared().readTree(text.replace('\'', '"'));
  }
}
