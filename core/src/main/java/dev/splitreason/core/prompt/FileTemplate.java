package dev.splitreason.core.prompt;

import dev.splitreason.core.error.Place;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.file.FileProblem;
import dev.splitreason.core.prompt.TemplatePiece.Filling;
import dev.splitreason.core.prompt.TemplatePiece.Literal;
import dev.splitreason.core.prompt.TemplatePiece.Slot;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.text.TextFile;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A template from a plain text file of the user's: scaffold to the byte, but for the placeholders
 * <code>{question}</code> and, if wanted, <code>{system}</code> and <code>{hint}</code>. A line
 * that holds nothing but one of these is left out where there is nothing to put in. To have a word
 * in braces, double the first one: <code>{{n}</code> gives <code>{n}</code>.
 */
public final class FileTemplate implements PromptTemplate {

  private final String name;
  private final List<TemplatePiece> pieces;
  private final Hint hint;

  private FileTemplate(String name, List<TemplatePiece> pieces, Hint hint) {
    this.name = name;
    this.pieces = pieces;
    this.hint = hint;
  }

  /**
   * Reads a template file, with a hint that spells the tags as the paper does.
   *
   * @throws TemplateFileException as {@link #read(Path, TagSpelling)} does
   * @throws UserMistake likewise
   */
  public static FileTemplate read(Path file) {
    return read(file, TagSpelling.BIGMODEL);
  }

  /**
   * Reads a template file.
   *
   * @param tags how the hint spells the tags
   * @throws TemplateFileException if it cannot be read, or is not UTF-8
   * @throws UserMistake if it has an unknown placeholder or no place for the question
   */
  public static FileTemplate read(Path file, TagSpelling tags) {
    try {
      TextFile.requireWritten(file);
      List<TemplatePiece> pieces = TemplatePiece.parse(Files.readString(file));
      return new FileTemplate(file.toString(), pieces, new Hint(tags));
    } catch (NoSuchFileException e) {
      throw new TemplateFileException("no such template file: " + file, e);
    } catch (CharacterCodingException e) {
      throw new TemplateFileException("the template file " + file + " is not UTF-8 text", e);
    } catch (IOException e) {
      throw new TemplateFileException(
          "the template file " + file + " cannot be read: " + FileProblem.of(e), e);
    } catch (UserMistake e) {
      throw e.at(new Place.File(file));
    }
  }

  @Override
  public Prompt render(List<Message> messages, boolean hinted) {
    Conversation conversation = Conversation.of(messages);
    String question = conversation.onlyTurn(name).content();
    @Nullable Message system = conversation.system();
    if (system != null && !hasPlaceForSystemMessage()) {
      throw new UserMistake(
          "the template '" + name + "' has no {system} where a system message could go");
    }
    PromptBuilder prompt = new PromptBuilder();
    for (TemplatePiece piece : pieces) {
      switch (piece) {
        case Literal(String text) -> prompt.scaffold(text);
        case Slot(Filling filling, String lineEnd) -> {
          if (filling == Filling.QUESTION) {
            prompt.text(question).scaffold(lineEnd);
          } else if (filling == Filling.SYSTEM && system != null) {
            prompt.text(system.content()).scaffold(lineEnd);
          } else if (filling == Filling.HINT && hinted) {
            hint.addTo(prompt);
            prompt.scaffold(lineEnd);
          }
        }
      }
    }
    return prompt.build();
  }

  @Override
  public String name() {
    return name;
  }

  private boolean hasPlaceForSystemMessage() {
    return pieces.stream()
        .anyMatch(p -> p instanceof Slot slot && slot.filling() == Filling.SYSTEM);
  }
}
