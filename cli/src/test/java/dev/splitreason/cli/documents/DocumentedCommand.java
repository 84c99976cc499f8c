package dev.splitreason.cli.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A section of a page that shows a command and its JSON: files that it is given (fenced blocks with
 * their names, before the command), the command line (indented), what it prints and the files that
 * it leaves (fenced blocks behind it).
 *
 * @param title of the section
 * @param given files to be there before, by name
 * @param arguments of the command
 * @param printed an example of each line of its output; of a document in several lines, one
 * @param left files that it makes, by name
 */
record DocumentedCommand(
    String title, List<Block> given, List<String> arguments, Block printed, List<Block> left) {

  private static final Pattern COMMAND = Pattern.compile("^ {4}(?:\\./)?splitreason (.*--json.*)$");
  private static final Pattern FENCE = Pattern.compile("^```(jsonl?) ?(\\S*)$");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  /**
   * A fenced block.
   *
   * @param file empty if it is no file but what is printed
   */
  record Block(String file, boolean lines, String text) {

    /** The block's documents: of a block of lines, one a line. */
    List<String> documents() {
      return lines ? text.lines().toList() : List.of(text);
    }
  }

  /** All sections of a page that show a command with {@code --json}. */
  static List<DocumentedCommand> of(Path page) throws IOException {
    List<DocumentedCommand> commands = new ArrayList<>();
    for (String section : Files.readString(page).split("(?m)^## ", -1)) {
      DocumentedCommand command = section(section);
      if (command != null) {
        commands.add(command);
      }
    }
    return commands;
  }

  private static @Nullable DocumentedCommand section(String section) {
    List<Block> given = new ArrayList<>();
    List<Block> printed = new ArrayList<>();
    List<Block> left = new ArrayList<>();
    List<String> arguments = new ArrayList<>();
    List<String> lines = section.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      Matcher command = COMMAND.matcher(lines.get(i));
      Matcher fence = FENCE.matcher(lines.get(i));
      if (command.matches()) {
        arguments.addAll(words(command.group(1)));
      } else if (fence.matches()) {
        int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf("```");
        String text = String.join("\n", lines.subList(i + 1, end));
        var block = new Block(fence.group(2), fence.group(1).equals("jsonl"), text);
        (arguments.isEmpty() ? given : block.file().isEmpty() ? printed : left).add(block);
        i = end;
      }
    }
    if (arguments.isEmpty()) {
      return null;
    }
    if (printed.size() != 1) {
      throw new IllegalStateException(lines.getFirst() + " shows " + printed.size() + " documents");
    }
    return new DocumentedCommand(lines.getFirst(), given, arguments, printed.getFirst(), left);
  }

  private static List<String> words(String line) {
    return WORD.matcher(line)
        .results()
        .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
        .toList();
  }

  @Override
  public String toString() {
    return title;
  }
}
