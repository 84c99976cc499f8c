package dev.splitreason.evaluation.report;

import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.Segment;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.evaluation.run.Contender;
import dev.splitreason.evaluation.run.Sample;
import dev.splitreason.evaluation.run.Sample.Outcome;
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

  /** Only what differs: first where one is right and the other is not. */
  private void sideBySide(CheckpointPair checkpoints, Html html) {
    Map<String, Sample> first = byProblem(checkpoints.first());
    Map<String, Sample> second = byProblem(checkpoints.second());
    List<String> common = new ArrayList<>(new TreeSet<>(first.keySet()));
    common.retainAll(second.keySet());
    List<String> differing = new ArrayList<>(common);
    differing.removeIf(of -> words(required(first, of)).equals(words(required(second, of))));
    List<String> decisive = new ArrayList<>(differing);
    decisive.removeIf(of -> required(first, of).right() == required(second, of).right());
    differing.removeAll(decisive);
    html.element("h2", "Two checkpoints side by side").raw("<p class=\"note\">");
    html.text(names.of(checkpoints.first()) + " and " + names.of(checkpoints.second()));
    html.text(
        " on the same %d problems: %d in the same words, one right and one not in %d."
            .formatted(
                common.size(),
                common.size() - differing.size() - decisive.size(),
                decisive.size()));
    html.text(" Shown are some that differ, drawn at random. ").raw(explanation()).raw("</p>");
    List<String> shown = new ArrayList<>(draw(decisive));
    shown.addAll(draw(differing));
    for (String problem : shown.subList(0, Math.min(SHOWN, shown.size()))) {
      html.raw("<article>");
      problem(required(first, problem), html);
      html.raw("<div class=\"pair\"><div>");
      answer(required(first, problem), html);
      html.raw("</div><div>");
      answer(required(second, problem), html);
      html.raw("</div></div></article>");
    }
  }

  /** What was written, whoever wrote it. */
  private static String words(Sample sample) {
    Trace trace = sample.trace();
    return trace == null
        ? sample.reason()
        : trace.segments().stream()
            .map(part -> shown(part, trace.spans().tags()))
            .collect(Collectors.joining());
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
    if (sample.outcome() == Outcome.WRONG) {
      html.text(sample.answer().isBlank() ? ", it says nothing" : ", it says ");
      html.element("code", sample.answer());
    }
    html.text(sample.right() ? ", the answer is " : "; the reference is ");
    html.element("code", sample.problem().answer());
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
      String text = shown(segment, trace.spans().tags());
      if (segment.author() == Author.LARGE) {
        html.element("mark", text);
      } else {
        html.text(text);
      }
    }
  }

  /** The small model's tags are seen as marks; what the large one wrote is no tag. */
  private static String shown(Segment segment, TagSpelling tags) {
    return segment.author() == Author.LARGE ? segment.text() : tags.strip(segment.text());
  }
}
