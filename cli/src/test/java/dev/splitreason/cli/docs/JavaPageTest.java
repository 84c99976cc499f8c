package dev.splitreason.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess;
import dev.splitreason.cli.docs.JavaPage.Program;
import dev.splitreason.cli.served.BundledServer;
import dev.splitreason.engine.contract.server.ServerSpelling;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page for Java developers, done as it says: its files are written as they stand, its command
 * compiles and runs them with Maven, against the jars and POMs of this build in a local repository
 * of their own. A reader's first command is not run: what it would install is laid out instead.
 */
class JavaPageTest {

  private static final String CLASS_PATH =
      "org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath";

  @TempDir private static Path folder;

  private static JavaPage page;
  private static BuiltRepository repository;
  private static Path project;
  private static Result first;

  /** What a program left. */
  private record Result(int status, String out, String err) {}

  @BeforeAll
  static void doWhatThePageBeginsWith() throws IOException, InterruptedException {
    page = JavaPage.read();
    repository =
        BuiltRepository.in(
            folder.resolve("repository"), "pairs", "langchain4j", "answers", "simulator");
    project = write("first", page.pom(), page.onPairs());
    Path models = CommandProcess.project().resolve("models");
    Files.copy(models.resolve("small-split.gguf"), project.resolve("small.gguf"));
    Files.copy(models.resolve("large.gguf"), project.resolve("large.gguf"));
    first = maven(project);
  }

  @Test
  void it_names_one_command_that_installs_and_one_that_runs() {
    assertThat(page.commands())
        .containsExactly("mvn -q install -DskipTests", "mvn -q compile exec:exec");
  }

  @Test
  void its_first_two_files_print_the_answer_of_the_bundled_pair() {
    assertThat(first.status()).describedAs(first.out() + first.err()).isZero();
    assertThat(first.out()).isEqualTo("40\n");
  }

  @Test
  void what_runs_is_this_build_without_a_logging_backend() throws IOException {
    String classPath = Files.readString(project.resolve("class-path"));

    assertThat(classPath)
        .contains(repository.folder().resolve("dev/splitreason").toString(), "slf4j-api")
        .doesNotContain("logback", "slf4j-simple", "junit-jupiter", "jqwik");
    assertThat(first.err()).contains("No SLF4J providers were found");
  }

  @Test
  void the_bundled_pair_comes_out_of_the_jar() {
    assertThat(folder.resolve("cache/splitreason/models"))
        .isDirectoryRecursivelyContaining("glob:**/large.gguf");
  }

  @Test
  void streaming_shows_who_writes() throws Exception {
    assertThat(run("Streaming").out())
        .startsWith("37*48=1<bigmodel>[7][7]</bigmodel>6\n")
        .contains("offloaded: 7.4 %");
  }

  @Test
  void two_gguf_files_answer() throws Exception {
    assertThat(run("TwoFiles").out()).isEqualTo("40\n");
  }

  @Test
  void a_served_large_model_answers() throws Exception {
    try (var server =
        BundledServer.start(ServerSpelling.LLAMA_SERVER, Map.of("large", "large.gguf"))) {
      assertThat(run("ServedLarge", server.at("large")).out()).isEqualTo("40\ndegraded: false\n");
      assertThat(server.tokensSent()).isPositive();
    }
  }

  @Test
  void each_policy_answers() throws Exception {
    assertThat(run("ByPolicy").out().lines())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("learned: 40, 7 % offloaded"))
        .anyMatch(line -> line.startsWith("entropy:1.0: "))
        .anyMatch(line -> line.equals("large: 40, 100 % offloaded"));
  }

  @Test
  void an_interrupted_answer_is_kept_as_far_as_it_got() throws Exception {
    assertThat(run("Cancelling").out())
        .startsWith("CANCELLED after 37*48=1<bigmodel>77</bigmodel>6");
  }

  @Test
  void a_pair_is_a_chat_model_of_langchain4j() throws Exception {
    assertThat(done("WithLangChain4j").out())
        .startsWith("<answer>\n\\boxed{40}\n</answer>\n4 tokens by the large model\n37*48=1776\n")
        .endsWith("STOP\n");
  }

  @Test
  void answers_are_checked_with_nothing_else() throws Exception {
    assertThat(alone("OnlyAnswers"))
        .isEqualTo("true\nVerdict[equal=true, method=symbolic]\nfalse\n");
  }

  @Test
  void hardware_is_simulated_with_nothing_else() throws Exception {
    assertThat(alone("OnlySimulator").lines())
        .hasSize(2)
        .anyMatch(line -> line.equals("large: 1.00 times as fast"))
        .anyMatch(line -> line.matches("pipelined: [3-9]\\.\\d\\d times as fast"));
  }

  /** Runs a program whose dependency the page puts in the place of that on pairs. */
  private static String alone(String name) throws IOException, InterruptedException {
    Result result = done(name);

    assertThat(Files.readString(folder.resolve(name).resolve("class-path")))
        .doesNotContain("splitreason-pairs", "splitreason-engine", "splitreason-natives");
    return result.out();
  }

  private static Result done(String name) throws IOException, InterruptedException {
    Program program = page.program(name);
    assertThat(program.dependency()).isNotNull();
    Path own = write(name, page.pomWith(program.dependency()), List.of(program));
    Result result = maven(own, "-Dmain=" + name);

    assertThat(result.status()).describedAs(result.out() + result.err()).isZero();
    return result;
  }

  private static Path write(String name, String pom, List<Program> programs) throws IOException {
    Path sources = Files.createDirectories(folder.resolve(name).resolve("src/main/java"));
    for (Program program : programs) {
      Files.writeString(sources.resolve(program.name() + ".java"), program.source());
    }
    Files.writeString(folder.resolve(name).resolve("pom.xml"), pom);
    return folder.resolve(name);
  }

  /** The page's own command, offline, which tells the class path too. */
  private static Result maven(Path project, String... more)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of(page.commands().getLast().split(" ")));
    words.addAll(List.of("-o", "-B", "-Dmaven.repo.local=" + repository.folder()));
    words.addAll(List.of(more));
    words.addAll(List.of(CLASS_PATH, "-Dmdep.outputFile=class-path"));
    return start(project, words);
  }

  /** A program that Maven has compiled with the first one. */
  private static Result run(String name, String... arguments)
      throws IOException, InterruptedException {
    String classPath = "target/classes:" + Files.readString(project.resolve("class-path")).strip();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> words = new ArrayList<>(List.of(java, "--enable-native-access=ALL-UNNAMED"));
    words.addAll(List.of("-cp", classPath, name));
    words.addAll(List.of(arguments));
    Result result = start(project, words);

    assertThat(result.status()).describedAs(result.err()).isZero();
    return result;
  }

  private static Result start(Path where, List<String> words)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "out", ".txt");
    Path err = Files.createTempFile(folder, "err", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(where.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    Map<String, String> environment = builder.environment();
    environment
        .keySet()
        .removeIf(name -> name.startsWith("MAVEN_") || name.startsWith("SPLITREASON_"));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(3, TimeUnit.MINUTES)).describedAs("%s ends", words).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Result(process.exitValue(), plain(out), plain(err));
  }

  /** Without the escapes that Maven ends with. */
  private static String plain(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8).replaceAll("\u001b\\[[0-9;]*m", "");
  }
}
