package dev.splitreason.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.evaluation.run.Conditions;
import dev.splitreason.evaluation.run.Conditions.Weights;
import dev.splitreason.evaluation.run.Contender;
import dev.splitreason.evaluation.run.RunDescription;
import dev.splitreason.evaluation.run.RunFolder;
import dev.splitreason.evaluation.run.Sample.Outcome;
import dev.splitreason.evaluation.run.SampleLog;
import dev.splitreason.evaluation.run.Samples;
import dev.splitreason.simulator.profile.ModelProfile;
import dev.splitreason.simulator.profile.PairProfile;
import dev.splitreason.simulator.profile.Profiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
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
  void twoCheckpointsOfARunStandSideBySideWhereTheyDiffer() throws IOException {
    Path run = folder.resolve("run");
    try (SampleLog log = RunFolder.begin(run, describe("run", "chain", EARLY, LATE))) {
      log.add(Samples.of(EARLY, "alike", 0, Outcome.RIGHT, "42"));
      log.add(Samples.of(LATE, "alike", 0, Outcome.RIGHT, "42"));
      log.add(Samples.of(EARLY, "learned since", 0, Outcome.WRONG, "17"));
      log.add(Samples.of(LATE, "learned since", 0, Outcome.RIGHT, "42"));
    }

    assertThat(report(List.of(run)))
        .contains("Two checkpoints side by side", "learned · early: ", "learned · late: ")
        .contains("2 problems: 1 in the same words, one right and one not in 1")
        .contains("<h3>learned since</h3>")
        .doesNotContain("<h3>alike</h3>");
  }

  @Test
  void samplesAreShownWithTheReferenceAndWithoutTags() throws IOException {
    Path run = folder.resolve("run");
    try (SampleLog log = RunFolder.begin(run, describe("run", "chain", Samples.LEARNED))) {
      log.add(Samples.of(Samples.LEARNED, "p", 0, Outcome.WRONG, "17"));
    }

    assertThat(report(List.of(run)))
        .contains("it says <code>17</code>; the reference is <code>42</code>")
        .contains("é<mark>17</mark>")
        .doesNotContain("bigmodel");
  }

  @Test
  void failuresAreToldWithTheirReasonAndWhatIsRightWithoutThem() throws IOException {
    String page = report(List.of(run("run", "chain", "42", Samples.LEARNED)));

    assertThat(page)
        .contains("learned: 1 answer failed and counts as wrong (50.0 % right without): exact (1")
        .contains("<td>33.3 %", "as measured with up to 8 answers in flight");
  }

  @Test
  void thePageTellsWhatSomebodyNeedsWhoMeasuresTheSame() throws IOException {
    String page = report(List.of(run("run", "chain", "42", Samples.LEARNED)));

    assertThat(page)
        .contains("<dt>seed</dt><dd>1</dd>")
        .contains("2026-11-30 17:00 UTC, with up to 8 answers in flight")
        .contains("splitreason 9.8.7, commit 0123456789ab")
        .contains("a machine", "s.gguf (SHA-256 c0ffeec0ffeec0ff…)");
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

    assertThat(report(List.of(empty)))
        .contains("0 problems", "not measured")
        .doesNotContain("0.0 %", "0 ms", "0.00 s", "0.0 … 100.0");
  }

  @Test
  void everyLargeModelOfAProfileHasItsOwnLatency() throws IOException {
    ModelProfile fast = Profiles.load("roofline:h100:1.5b:7b").large().withName("fast.gguf");
    ModelProfile slow = Profiles.load("roofline:h100:1.5b:70b").large().withName("slow.gguf");
    PairProfile paper = Profiles.load(Profiles.PAPER);
    PairProfile hardware = new PairProfile("p", "here", paper.small(), fast, List.of(slow), false);
    Contender fastAlone = new Contender("large", null, "fast.gguf");
    Contender slowAlone = new Contender("large", null, "slow.gguf");

    String apart = report(List.of(run("run", "chain", "42", fastAlone, slowAlone)), hardware);
    String alike = report(List.of(run("run2", "chain", "42", fastAlone, slowAlone)), paper);

    assertThat(simulatedSeconds(apart)).hasSize(2).doesNotHaveDuplicates();
    assertThat(new HashSet<>(simulatedSeconds(alike))).hasSize(1);
  }

  /** The last column of the first table, which tells times in seconds. */
  private static List<String> simulatedSeconds(String page) {
    String table = page.substring(page.indexOf("<table"), page.indexOf("</table>"));
    return Pattern.compile(">(\\d[\\d.]*) s<")
        .matcher(table)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  private String report(List<Path> runs) throws IOException {
    return report(runs, Profiles.load(Profiles.PAPER));
  }

  private String report(List<Path> runs, PairProfile hardware) throws IOException {
    return Files.readString(EvaluationReport.write(runs, hardware, null, folder.resolve("report")));
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
        List.of("splitreason eval --output " + name),
        List.of(
            new Conditions(
                Instant.parse("2026-11-30T17:00:00Z"),
                "9.8.7",
                "0123456789ab",
                "a machine",
                8,
                new TreeMap<>(Map.of("s.gguf", new Weights("s.gguf", "c0ffee".repeat(10)))))));
  }
}
