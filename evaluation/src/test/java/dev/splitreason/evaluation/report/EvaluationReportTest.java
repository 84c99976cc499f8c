package dev.splitreason.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.evaluation.run.Contender;
import dev.splitreason.evaluation.run.RunDescription;
import dev.splitreason.evaluation.run.RunFolder;
import dev.splitreason.evaluation.run.Sample.Outcome;
import dev.splitreason.evaluation.run.SampleLog;
import dev.splitreason.evaluation.run.Samples;
import dev.splitreason.simulator.profile.PairProfile;
import dev.splitreason.simulator.profile.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationReportTest {

  private static final Contender EARLY = new Contender("learned", "runs/early.gguf", "l.gguf");
  private static final Contender LATE = new Contender("learned", "runs/late.gguf", "l.gguf");
  private static final Contender ALONE = new Contender("small", "s.gguf", null);

  @TempDir private Path folder;

  @Test
  void thePageNeedsNothingBesideItAndShowsMarkupAsText() throws IOException {
    Path run = run("run", "chain", "<script>alert(1)</script>", ALONE, Samples.LEARNED);

    String page = report(List.of(run));

    assertThat(page)
        .contains("&lt;script&gt;", "<mark>", "splitreason eval --output run")
        .doesNotContain("<script", "http", "src=", "url(", "@import");
  }

  @Test
  void theSameSamplesGiveTheSamePageAndPictures() throws IOException {
    Path run = run("run", "chain", "42", ALONE, Samples.LEARNED);
    String page = report(List.of(run));
    Path picture = folder.resolve("report/accuracy-simulated-latency.png");
    byte[] pixels = Files.readAllBytes(picture);

    assertThat(report(List.of(run))).isEqualTo(page);
    assertThat(Files.readAllBytes(picture)).isEqualTo(pixels);
  }

  @Test
  void everyFigureIsAPictureToo() throws IOException {
    report(List.of(run("run", "chain", "42", ALONE, Samples.LEARNED)));

    for (String figure :
        List.of("accuracy-offload", "accuracy-latency", "accuracy-simulated-latency")) {
      var picture = ImageIO.read(folder.resolve("report").resolve(figure + ".png").toFile());
      assertThat(picture.getWidth()).as(figure).isGreaterThan(1000);
      assertThat(picture.getRGB(2, picture.getHeight() - 2) & 0xffffff).isEqualTo(0xffffff);
    }
  }

  @Test
  void twoCheckpointsOfARunStandSideBySide() throws IOException {
    String page = report(List.of(run("run", "chain", "42", EARLY, LATE)));

    assertThat(page)
        .contains("Two checkpoints side by side", "learned · early: ", "learned · late: ");
  }

  @Test
  void twoRunsStandSideBySideEvenIfTheirModelsHaveTheSameNames() throws IOException {
    Path first = run("first", "chain", "42", Samples.LEARNED);
    Path second = run("second", "chain", "41", Samples.LEARNED);

    String page = report(List.of(first, second));

    assertThat(page)
        .contains("Two checkpoints side by side", first + ")", second + ")")
        .contains("eval --output first", "eval --output second");
  }

  @Test
  void runsOfDifferentBenchmarksAreRefused() throws IOException {
    Path first = run("first", "chain", "42", Samples.LEARNED);
    Path second = run("second", "math-500", "42", Samples.LEARNED);

    assertThatThrownBy(() -> report(List.of(first, second)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("chain")
        .hasMessageContaining("math-500");
  }

  @Test
  void aRunWithoutOneAnswerHasAReportToo() throws IOException {
    Path empty = folder.resolve("empty");
    RunFolder.begin(empty, describe("empty", "chain", ALONE)).close();

    assertThat(report(List.of(empty))).contains("0 problems");
  }

  private String report(List<Path> runs) throws IOException {
    PairProfile hardware = Profiles.load(Profiles.PAPER);
    return Files.readString(EvaluationReport.write(runs, hardware, folder.resolve("report")));
  }

  private Path run(String name, String benchmark, String answer, Contender... contenders)
      throws IOException {
    Path run = folder.resolve(name);
    try (SampleLog log = RunFolder.begin(run, describe(name, benchmark, contenders))) {
      for (Contender contender : contenders) {
        log.add(Samples.of(contender, "p1", 0, Outcome.RIGHT, answer));
        log.add(Samples.of(contender, "p2", 0, Outcome.WRONG, answer));
        log.add(Samples.of(contender, "p3", 0, Outcome.FAILED, answer));
      }
    }
    return run;
  }

  private static RunDescription describe(String name, String benchmark, Contender... contenders) {
    return new RunDescription(
        benchmark,
        1,
        new TreeMap<>(),
        new TreeMap<>(),
        List.of(contenders),
        List.of("splitreason eval --output " + name));
  }
}
