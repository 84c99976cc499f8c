package dev.splitreason.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.splitreason.cli.CommandProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A local Maven repository as {@code mvn install} would leave it: what this build has packaged, and
 * links to all that it has resolved. Needs no network and touches no repository of the user.
 *
 * @param folder the repository
 * @param version of this project
 */
record BuiltRepository(Path folder, String version) {

  private static final Path PROJECT = CommandProcess.project();
  private static final Pattern DEPENDENCY =
      Pattern.compile(
          "<dependency>\\s*<groupId>dev.splitreason</groupId>\\s*<artifactId>splitreason-([^<]+)<");
  private static final Pattern VERSION = Pattern.compile("<version>([^<]+)</version>");

  /**
   * Lays it out. Skips the test where the modules are not packaged, or changed since: {@code
   * ./verify} packages each before the next one's tests.
   *
   * @param modules to be there, with those they depend on
   */
  static BuiltRepository in(Path folder, String... modules) throws IOException {
    String bom = Files.readString(PROJECT.resolve("bom/pom.xml"));
    String version = VERSION.matcher(bom).results().findFirst().orElseThrow().group(1);
    BuiltRepository repository = new BuiltRepository(Files.createDirectories(folder), version);
    Path resolved =
        Path.of(
            System.getProperty(
                "splitreason.test.repository",
                Path.of(System.getProperty("user.home"), ".m2/repository").toString()));
    assumeTrue(Files.isDirectory(resolved), "there is no local Maven repository " + resolved);
    repository.link(resolved);
    Files.copy(PROJECT.resolve("bom/pom.xml"), repository.file("bom", "pom"));
    for (String module : modules) {
      repository.add(module);
    }
    return repository;
  }

  private void add(String module) throws IOException {
    if (Files.exists(file(module, "pom"))) {
      return;
    }
    Path target = PROJECT.resolve(module).resolve("target");
    Path jar = target.resolve("splitreason-" + module + "-" + version + ".jar");
    Path pom = target.resolve("flattened-pom.xml");
    assumeTrue(
        Files.exists(jar) && Files.exists(pom),
        module + " is not packaged: ./verify does that before this test");
    assumeTrue(
        Files.getLastModifiedTime(jar).compareTo(newest(target.resolve("classes"))) >= 0,
        module + " has changed since it was packaged");
    Files.copy(jar, file(module, "jar"));
    Files.copy(pom, file(module, "pom"));
    String content = Files.readString(pom);
    assertThat(content).doesNotContain("<parent>", "<profiles>", "<build>", "${");
    for (MatchResult needed : DEPENDENCY.matcher(content).results().toList()) {
      add(needed.group(1));
    }
  }

  private static FileTime newest(Path classes) throws IOException {
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .map(BuiltRepository::modified)
          .max(Comparator.naturalOrder())
          .orElse(FileTime.fromMillis(0));
    }
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Links every group but this project's own. */
  private void link(Path resolved) throws IOException {
    Path ours = Path.of("dev", "splitreason");
    Files.createDirectories(folder.resolve(ours));
    for (Path parent : List.of(Path.of(""), ours.getParent())) {
      Path source = resolved.resolve(parent);
      if (!Files.isDirectory(source)) {
        continue;
      }
      try (Stream<Path> entries = Files.list(source)) {
        for (Path entry : entries.toList()) {
          Path place = folder.resolve(parent).resolve(entry.getFileName());
          if (!Files.exists(place)) {
            Files.createSymbolicLink(place, entry.toAbsolutePath());
          }
        }
      }
    }
  }

  private Path file(String module, String extension) throws IOException {
    String artifact = "splitreason-" + module;
    Path place = folder.resolve("dev/splitreason").resolve(artifact).resolve(version);
    return Files.createDirectories(place).resolve(artifact + "-" + version + "." + extension);
  }
}
