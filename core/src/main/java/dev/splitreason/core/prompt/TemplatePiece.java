package dev.splitreason.core.prompt;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.text.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A piece of a template file: text as it stands, or a place where something is put in. */
sealed interface TemplatePiece {

  /** Text as it stands. */
  record Literal(String text) implements TemplatePiece {}

  /**
   * A placeholder.
   *
   * @param lineEnd the line break after it if it is alone on its line, else empty; left out with it
   */
  record Slot(Filling filling, String lineEnd) implements TemplatePiece {}

  /** What can be put in. */
  enum Filling {
    QUESTION,
    SYSTEM,
    HINT;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A doubled brace, or a word in braces, with its line break if it is alone on its line. */
  Pattern SLOT = Pattern.compile("\\{\\{|(?m:^)\\{(\\w+)}(\\r?\\n)|\\{(\\w+)}");

  /**
   * Reads a template.
   *
   * @throws UserMistake if it has an unknown placeholder or none for the question
   */
  static List<TemplatePiece> parse(String template) {
    List<TemplatePiece> pieces = new ArrayList<>();
    Matcher matcher = SLOT.matcher(template);
    int from = 0;
    while (matcher.find()) {
      pieces.add(new Literal(template.substring(from, matcher.start())));
      @Nullable String lineEnd = matcher.group(2);
      @Nullable String name = lineEnd == null ? matcher.group(3) : matcher.group(1);
      pieces.add(
          name == null
              ? new Literal("{")
              : new Slot(filling(name), lineEnd == null ? "" : lineEnd));
      from = matcher.end();
    }
    pieces.add(new Literal(template.substring(from)));
    if (pieces.stream()
        .noneMatch(p -> p instanceof Slot slot && slot.filling() == Filling.QUESTION)) {
      throw new UserMistake("the template has no {question} where the question could go");
    }
    return pieces;
  }

  private static Filling filling(String name) {
    List<String> known = Arrays.stream(Filling.values()).map(Filling::label).toList();
    int index = known.indexOf(name);
    if (index < 0) {
      throw new UserMistake(
          "the template has an unknown placeholder {"
              + name
              + "}: there are {question}, {system} and {hint}"
              + Suggestion.after(name, known));
    }
    return Filling.values()[index];
  }
}
