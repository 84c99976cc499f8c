package dev.splitreason.cli.docs;

import dev.splitreason.cli.CommandProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code docs/java.md} has its readers do, as it stands there.
 *
 * @param pom the first block
 * @param programs the Java blocks, in order
 * @param commands the indented lines
 */
record JavaPage(String pom, List<Program> programs, List<String> commands) {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(xml|java)\\n(.*?)^```$");
  private static final Pattern CLASS = Pattern.compile("(?m)^public class (\\w+)");
  private static final Pattern DEPENDENCY =
      Pattern.compile("(?s) *<dependency>.*?</dependency>\\n");
  private static final String PAIRS = "<artifactId>splitreason-pairs</artifactId>";

  /**
   * A program of the page.
   *
   * @param dependency stands in the pom where that on pairs stood; null if that stays
   */
  record Program(String name, String source, @Nullable String dependency) {}

  static JavaPage read() throws IOException {
    Path file = CommandProcess.project().resolve("docs/java.md");
    String text = Files.readString(file);
    String pom = null;
    String dependency = null;
    List<Program> programs = new ArrayList<>();
    Matcher blocks = BLOCK.matcher(text);
    while (blocks.find()) {
      String content = blocks.group(2);
      if (blocks.group(1).equals("java")) {
        programs.add(new Program(className(content), content, dependency));
        dependency = null;
      } else if (pom == null) {
        pom = content;
      } else {
        dependency = content;
      }
    }
    if (pom == null) {
      throw new AssertionError(file + " has no pom.xml");
    }
    List<String> commands =
        text.lines().filter(line -> line.startsWith("    mvn ")).map(String::strip).toList();
    return new JavaPage(pom, programs, commands);
  }

  private static String className(String source) {
    Matcher name = CLASS.matcher(source);
    if (!name.find()) {
      throw new AssertionError("a Java block without a public class: " + source);
    }
    return name.group(1);
  }

  /** The programs that the first pom is for. */
  List<Program> onPairs() {
    return programs.stream().filter(program -> program.dependency() == null).toList();
  }

  Program program(String name) {
    return programs.stream()
        .filter(program -> program.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("the page has no program " + name));
  }

  /** The pom with another dependency in the place of that on pairs. */
  String pomWith(String dependency) {
    Matcher each = DEPENDENCY.matcher(pom);
    while (each.find()) {
      if (each.group().contains(PAIRS)) {
        return pom.substring(0, each.start()) + dependency + pom.substring(each.end());
      }
    }
    throw new AssertionError("the pom does not depend on pairs");
  }
}
