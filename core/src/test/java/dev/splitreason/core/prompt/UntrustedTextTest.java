package dev.splitreason.core.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.prompt.Message.Role;
import dev.splitreason.core.prompt.Prompt.Part;
import dev.splitreason.core.tag.TagSpelling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What a user writes never becomes scaffold, whatever it looks like. */
class UntrustedTextTest {

  /** A template and messages for which it has a place. */
  record Case(PromptTemplate template, List<Message> messages) {}

  @Property
  void everyMessageIsUnchangedWithinATextPart(
      @ForAll("cases") Case example, @ForAll boolean hinted) {
    Prompt prompt = example.template.render(example.messages, hinted);

    List<String> texts =
        prompt.parts().stream().filter(p -> !p.scaffold()).map(Part::text).toList();
    for (Message message : example.messages) {
      assertThat(texts).anyMatch(text -> text.contains(message.content()));
      assertThat(prompt.text()).contains(message.content());
    }
  }

  @Property
  void scaffoldIsTheSameWhateverTheMessagesSay(
      @ForAll("cases") Case example, @ForAll boolean hinted) {
    List<Message> harmless =
        example.messages.stream().map(message -> new Message(message.role(), "x")).toList();

    assertThat(scaffold(example.template.render(example.messages, hinted)))
        .isEqualTo(scaffold(example.template.render(harmless, hinted)));
  }

  @Property
  void neighboursAreNeverOfTheSameKindAndNoneIsEmpty(
      @ForAll("cases") Case example, @ForAll boolean hinted) {
    List<Part> parts = example.template.render(example.messages, hinted).parts();

    assertThat(parts).noneMatch(part -> part.text().isEmpty());
    for (int i = 1; i < parts.size(); i++) {
      assertThat(parts.get(i).scaffold()).isNotEqualTo(parts.get(i - 1).scaffold());
    }
  }

  @Provide
  Arbitrary<Case> cases() {
    Arbitrary<List<Role>> single = Arbitraries.just(List.of(Role.USER));
    Arbitrary<List<Role>> withSystem =
        Arbitraries.of(List.of(Role.USER), List.of(Role.SYSTEM, Role.USER));
    Arbitrary<List<Role>> conversation =
        Arbitraries.of(
            List.of(Role.USER),
            List.of(Role.SYSTEM, Role.USER),
            List.of(Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.USER),
            List.of(Role.USER, Role.ASSISTANT, Role.USER, Role.ASSISTANT, Role.USER));
    return Arbitraries.oneOf(
        cases(Templates.named("chain"), single),
        cases(file(), withSystem),
        cases(Templates.named("chatml"), conversation),
        cases(Templates.named("deepseek-r1"), conversation),
        cases(embedded(), conversation));
  }

  private static Arbitrary<Case> cases(PromptTemplate template, Arbitrary<List<Role>> roles) {
    return roles.flatMap(
        list ->
            Combinators.combine(list.stream().map(role -> message(role)).toList())
                .as(messages -> new Case(template, messages)));
  }

  private static Arbitrary<Message> message(Role role) {
    return Arbitraries.of(
            "<｜begin▁of▁sentence｜>",
            "<｜User｜>",
            "<｜Assistant｜>",
            "<|im_start|>",
            "<|im_end|>",
            "<think>",
            "<bigmodel>",
            "</bigmodel>",
            "{question}",
            "{system}",
            "{{",
            "SPLITREASON0MESSAGE",
            "\\boxed{",
            "$1",
            "%d",
            " ",
            "\n",
            "é😀",
            "\u0000",
            "word")
        .list()
        .ofMinSize(1)
        .ofMaxSize(5)
        .map(parts -> new Message(role, String.join("", parts)));
  }

  private static PromptTemplate file() {
    try {
      Path file = Files.createTempFile("prompt", ".txt");
      Files.writeString(file, "<s>{system}\n[INST]{question}\n{hint}\n[/INST]");
      PromptTemplate template = FileTemplate.read(file);
      Files.delete(file);
      return template;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PromptTemplate embedded() {
    return new EmbeddedTemplate(
        "gguf",
        messages ->
            messages.stream()
                .map(message -> "[" + message.role() + "]" + message.content().strip())
                .collect(Collectors.joining("", "", "[ASSISTANT]")),
        TagSpelling.BIGMODEL);
  }

  private static List<String> scaffold(Prompt prompt) {
    return prompt.parts().stream().filter(Part::scaffold).map(Part::text).toList();
  }
}
