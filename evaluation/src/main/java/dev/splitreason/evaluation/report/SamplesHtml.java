package dev.splitreason.evaluation.report;

import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.Segment;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.evaluation.run.Contender;
import dev.splitreason.evaluation.run.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Samples as HTML, drawn at random, with the large model's spans marked. */
final class SamplesHtml {

  private static final int SHOWN = 10;

  private final ReportedRuns runs;
  private final ContenderLabels names;

  SamplesHtml(ReportedRuns runs, ContenderLabels names) {
    this.runs = runs;
    this.names = names;
  }

  void write(Html html) {
    CheckpointPair checkpoints = CheckpointPair.among(runs.contenders());
    if (checkpoints == null) {
      drawn(html);
    } else {
      sideBySide(checkpoints, html);
    }
  }

  /** Of samples that both models wrote, where there are any. */
  private void drawn(Html html) {
    List<Sample> shared =
        runs.samples().stream().filter(sample -> sample.key().contender().shared()).toList();
    List<Sample> shown = draw(shared.isEmpty() ? runs.samples() : shared);
    html.element("h2", "Samples").raw("<p class=\"note\">");
    html.text(shown.size() + ", drawn at random. ").raw(explanation()).raw("</p>");
    html.raw("<div class=\"samples\">");
    for (Sample sample : shown) {
      html.raw("<article>");
      problem(sample, html);
      answer(sample, html);
      html.raw("</article>");
    }
    html.raw("</div>");
  }

  private void sideBySide(CheckpointPair checkpoints, Html html) {
    Map<String, Sample> first = byProblem(checkpoints.first());
    Map<String, Sample> second = byProblem(checkpoints.second());
    List<String> common = new ArrayList<>(new TreeSet<>(first.keySet()));
    common.retainAll(second.keySet());
    html.element("h2", "Two checkpoints side by side").raw("<p class=\"note\">");
    html.text(names.of(checkpoints.first()) + " and " + names.of(checkpoints.second()));
    html.raw(" on the same problems, drawn at random. ").raw(explanation()).raw("</p>");
    for (String problem : draw(common)) {
      html.raw("<article>");
      problem(required(first, problem), html);
      html.raw("<div class=\"pair\"><div>");
      answer(required(first, problem), html);
      html.raw("</div><div>");
      answer(required(second, problem), html);
      html.raw("</div></div></article>");
    }
  }

  /** The first sample of each problem. */
  private Map<String, Sample> byProblem(Contender contender) {
    return runs.of(contender).stream()
        .collect(
            Collectors.toMap(
                sample -> sample.key().problem(),
                sample -> sample,
                (one, other) -> one.key().sample() <= other.key().sample() ? one : other,
                TreeMap::new));
  }

  private static Sample required(Map<String, Sample> samples, String problem) {
    Sample sample = samples.get(problem);
    if (sample == null) {
      throw new IllegalStateException("no sample of " + problem);
    }
    return sample;
  }

  private <T> List<T> draw(List<T> all) {
    List<T> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, new Random(runs.seed()));
    return shuffled.subList(0, Math.min(SHOWN, shuffled.size()));
  }

  private static String explanation() {
    return "The large model wrote what is <mark>marked</mark>.";
  }

  private static void problem(Sample sample, Html html) {
    html.element("h3", sample.key().problem());
    html.element("p class=\"note\"", sample.problem().text());
  }

  private void answer(Sample sample, Html html) {
    String outcome = sample.outcome().label();
    html.raw("<div>").text(names.of(sample.key().contender()) + ": ");
    html.element("strong class=\"" + outcome + "\"", outcome);
    html.raw("</div><pre>");
    spans(sample.trace(), sample.reason(), html);
    html.raw("</pre>");
  }

  private static void spans(@Nullable Trace trace, String otherwise, Html html) {
    if (trace == null) {
      html.text(otherwise);
      return;
    }
    for (Segment segment : trace.segments()) {
      if (segment.author() == Author.LARGE) {
        html.element("mark", segment.text());
      } else {
        html.text(segment.text());
      }
    }
  }
}
