package dev.splitreason.cli;

import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What ARCHITECTURE.md says in its tables: the first one names the modules and what each may use,
 * and the one below a module's own heading names its packages.
 *
 * @param modules those with code
 * @param codeless those without
 */
record ArchitecturePage(List<Module> modules, List<String> codeless) {

  static final Path ROOT = Path.of("..");

  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final String EVERY_MODULE = "every module above";
  private static final String NO_CODE = "no code";

  static ArchitecturePage read() {
    try {
      return parse(Files.readAllLines(ROOT.resolve("ARCHITECTURE.md")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ArchitecturePage parse(List<String> lines) {
    Map<String, List<String>> packages =
        rowsBelow("| package |", lines).collect(toMap(Row::heading, Row::names, Row::join));
    List<Module> modules = new ArrayList<>();
    List<String> codeless = new ArrayList<>();
    rowsBelow("| module |", lines)
        .forEach(
            row -> {
              if (row.last().contains(NO_CODE)) {
                codeless.addAll(row.names());
                return;
              }
              List<String> mayUse =
                  row.last().contains(EVERY_MODULE)
                      ? modules.stream().map(Module::name).toList()
                      : names(row.last());
              for (String name : row.names()) {
                modules.add(new Module(name, mayUse, packages.getOrDefault(name, List.of())));
              }
            });
    return new ArchitecturePage(List.copyOf(modules), List.copyOf(codeless));
  }

  static Path sources(String module) {
    return ROOT.resolve(module).resolve("src/main/java");
  }

  /** Patterns for the classes that a module may use: its own and those of the modules it names. */
  String[] classesThat(Module user) {
    return modules.stream()
        .filter(module -> module.equals(user) || user.mayUse().contains(module.name()))
        .map(Module::classes)
        .toArray(String[]::new);
  }

  private static Stream<Row> rowsBelow(String header, List<String> lines) {
    List<Row> rows = new ArrayList<>();
    String heading = "";
    boolean inside = false;
    for (String line : lines) {
      if (line.startsWith("## ")) {
        heading = line.substring(3).split("[, ]")[0];
      }
      inside = line.startsWith(header) || (inside && line.startsWith("|"));
      if (inside && line.startsWith("| `")) {
        String[] cells = line.split("\\|");
        rows.add(new Row(heading, names(cells[1]), cells[cells.length - 1]));
      }
    }
    return rows.stream();
  }

  private static List<String> names(String cell) {
    return CODE.matcher(cell).results().map(match -> match.group(1)).toList();
  }

  private record Row(String heading, List<String> names, String last) {

    static List<String> join(List<String> some, List<String> more) {
      return Stream.concat(some.stream(), more.stream()).toList();
    }
  }

  /**
   * A Maven module.
   *
   * @param packages its packages by their first name below the module's; empty where the page lists
   *     none
   */
  record Module(String name, List<String> mayUse, List<String> packages) {

    /** A pattern for its classes: the module's name is its package below the root. */
    String classes() {
      return "dev.splitreason." + name.replace('-', '.') + "..";
    }

    String folder() {
      return "dev/splitreason/" + name.replace('-', '/');
    }

    @Override
    public String toString() {
      return name;
    }
  }
}
