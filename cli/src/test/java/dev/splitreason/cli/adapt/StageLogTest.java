package dev.splitreason.cli.adapt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageLogTest {

  @TempDir private Path folder;
  private final List<String> found = new ArrayList<>();
  private Path input = Path.of("");

  @BeforeEach
  void writeInput() throws IOException {
    input = Files.writeString(folder.resolve("input"), "1");
  }

  @Test
  void aStageThatIsDoneIsNotDoneAgain() throws Exception {
    stage("a", false);
    stage("a", false);
    assertThat(found).containsExactly("nothing");
  }

  @Test
  void anotherInputOrSettingOrAnOutputThatIsGoneHasItDoneAnew() throws Exception {
    stage("a", false);
    Files.writeString(input, "2");
    stage("a", false);
    stage("b", false);
    Files.delete(folder.resolve("s/output"));
    stage("b", false);
    assertThat(found).containsExactly("nothing", "nothing", "nothing", "half");
  }

  @Test
  void whatWasBegunGoesOnOnlyIfItIsMadeOfTheSame() throws Exception {
    assertThatThrownBy(() -> stage("a", true)).isInstanceOf(IOException.class);
    stage("a", false);
    assertThat(found).containsExactly("nothing", "half");
    found.clear();
    assertThatThrownBy(() -> stage("b", true)).isInstanceOf(IOException.class);
    stage("c", false);
    assertThat(found).containsExactly("nothing", "nothing");
  }

  /** A stage that leaves half of its work, and then all of it unless it breaks off. */
  private void stage(String settings, boolean breaks) throws Exception {
    new StageLog(folder, List.of("s"), new PrintWriter(Writer.nullWriter()))
        .stage(
            "s",
            "a stage",
            settings,
            List.of(input),
            List.of(folder.resolve("s/output")),
            own -> {
              found.add(Files.exists(own.resolve("half")) ? "half" : "nothing");
              Files.writeString(own.resolve("half"), "");
              if (breaks) {
                throw new IOException("the process ends");
              }
              Files.writeString(own.resolve("output"), settings);
            });
  }
}
