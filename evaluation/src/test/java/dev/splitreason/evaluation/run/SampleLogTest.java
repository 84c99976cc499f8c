package dev.splitreason.evaluation.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.trace.Trace;
import dev.splitreason.evaluation.run.Sample.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleLogTest {

  @TempDir private Path folder;

  private final Sample right = Samples.of(Samples.LEARNED, "p1", 0, Outcome.RIGHT, "42");
  private final Sample failed = Samples.of(Samples.LEARNED, "p2", 0, Outcome.FAILED, "");

  @Test
  void samplesComeBackAsTheyWere() throws IOException {
    Path file = folder.resolve("samples.jsonl");
    try (SampleLog log = SampleLog.open(file)) {
      log.add(right);
      log.add(failed);
    }

    assertThat(SampleLog.read(file)).containsExactly(right, failed);
  }

  @Test
  void anAnswerThatTheLargeModelLeftStaysMarkedSo() throws IOException {
    Trace whole = Objects.requireNonNull(right.trace());
    var degraded =
        new Trace(
            whole.segments(),
            whole.usage(),
            whole.finishReason(),
            true,
            "it went away",
            whole.seconds(),
            whole.tokenTimes(),
            whole.spans());
    Path file = folder.resolve("samples.jsonl");
    try (SampleLog log = SampleLog.open(file)) {
      log.add(new Sample(right.key(), right.problem(), 7, Outcome.RIGHT, "exact", "42", degraded));
    }

    assertThat(SampleLog.read(file)).extracting(Sample::trace).containsExactly(degraded);
  }

  @Test
  void aLineThatWasCutShortIsDroppedAndWrittenAnew() throws IOException {
    Path file = folder.resolve("samples.jsonl");
    try (SampleLog log = SampleLog.open(file)) {
      log.add(right);
    }
    Files.writeString(file, "{\"problem\":\"p2\",\"sam", StandardOpenOption.APPEND);

    try (SampleLog log = SampleLog.open(file)) {
      assertThat(log.samples()).containsExactly(right);
      log.add(failed);
    }
    assertThat(SampleLog.read(file)).containsExactly(right, failed);
  }

  @Test
  void aFailedSampleIsDrawnAgainAndAnAnsweredOneIsNot() throws IOException {
    try (SampleLog log = SampleLog.inMemory()) {
      log.add(right);
      log.add(failed);

      assertThat(log.has(right.key(), right.problem().text())).isTrue();
      assertThat(log.has(failed.key(), failed.problem().text())).isFalse();
      assertThat(log.has(right.key(), "Another question?")).isFalse();
    }
  }

  @Test
  void twoRunsCannotShareAFile() throws IOException {
    Path file = folder.resolve("samples.jsonl");
    try (SampleLog log = SampleLog.open(file)) {
      assertThat(log.samples()).isEmpty();
      assertThatThrownBy(() -> SampleLog.open(file)).hasMessageContaining("another run is writing");
    }
  }

  @Test
  void aLineThatIsNoSampleIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("samples.jsonl"), "[1]\n");

    assertThatThrownBy(() -> SampleLog.open(file)).hasMessageContaining("line 1 is no sample");
  }
}
