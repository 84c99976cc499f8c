package dev.splitreason.evaluation.report;

import dev.splitreason.evaluation.metric.Interval;
import dev.splitreason.evaluation.metric.Result;
import dev.splitreason.evaluation.metric.Result.Group;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Results as HTML tables. */
final class PolicyTable {

  private PolicyTable() {}

  /** What every contender reached, at which cost. */
  static void results(List<Standing> standings, Html html) {
    boolean priced = standings.stream().anyMatch(standing -> standing.price() != null);
    html.raw("<div class=\"scroll\"><table><thead><tr>")
        .raw("<th class=\"left\">#<th class=\"left\">policy<th>right<th>offload")
        .raw("<th>latency<th>simulated")
        .raw(priced ? "<th>1,000 answers" : "")
        .raw("<th>gain<th>p<th>failed<th>right without<th>cut off")
        .raw("</tr></thead><tbody>");
    for (Standing standing : standings) {
      Result result = standing.result();
      Result.Gain gain = result.gain();
      boolean measured = result.measured();
      name(standing, standing.name(), html);
      if (measured) {
        cell(html, percent(result.accuracy()), interval(result.ci95()));
        cell(html, percent(result.offloadRatio()), interval(result.offloadCi95()));
      } else {
        cell(html, "not measured");
        cell(html, "");
      }
      cell(html, measured ? String.format(Locale.ROOT, "%.0f ms", standing.milliseconds()) : "");
      cell(html, measured ? String.format(Locale.ROOT, "%.2f s", standing.simulated()) : "");
      if (priced) {
        cell(html, measured ? String.format(Locale.ROOT, "%.4g", standing.price()) : "");
      }
      if (gain == null) {
        cell(html, "");
        cell(html, "");
      } else {
        String points = String.format(Locale.ROOT, "%+.1f", 100 * gain.accuracy());
        cell(html, points, signed(gain.ci95()));
        cell(html, chance(gain.pValue()));
      }
      cell(html, Integer.toString(result.failures()));
      Double answers = result.failures() == 0 ? null : result.accuracyOfAnswers();
      cell(html, answers == null ? "" : percent(answers));
      cell(html, Integer.toString(result.truncated()));
      html.raw("</tr>");
    }
    html.raw("</tbody></table></div>");
    html.raw("<p class=\"note\">Below a figure its 95 % interval.</p>");
  }

  /** Which models wrote under which policies: beside the figures they would take half of a row. */
  static void models(List<Standing> standings, Html html) {
    Map<String, List<String>> numbers = new LinkedHashMap<>();
    for (Standing standing : standings) {
      numbers
          .computeIfAbsent(standing.result().contender().models(), models -> new ArrayList<>())
          .add(Integer.toString(standing.number()));
    }
    html.raw("<p class=\"note\">Written by ");
    html.text(
            numbers.entrySet().stream()
                .map(writers -> String.join(", ", writers.getValue()) + ": " + writers.getKey())
                .collect(Collectors.joining("; ")))
        .raw(".</p>");
  }

  /** Accuracy by difficulty; nothing if the benchmark tells none. */
  static void difficulties(List<Standing> standings, Html html) {
    SortedSet<String> groups =
        standings.stream()
            .flatMap(standing -> standing.result().byDifficulty().keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    if (groups.isEmpty()) {
      return;
    }
    html.element("h2", "By difficulty").raw("<div class=\"scroll\"><table><thead><tr>");
    html.raw("<th class=\"left\">#<th class=\"left\">policy");
    groups.forEach(group -> html.element("th", group));
    html.raw("</tr></thead><tbody>");
    for (Standing standing : standings) {
      name(standing, standing.name(), html);
      for (String group : groups) {
        Group reached = standing.result().byDifficulty().get(group);
        cell(html, reached == null ? "" : percent(reached.accuracy()));
      }
      html.raw("</tr>");
    }
    html.raw("<tr><td><td class=\"left\">problems");
    groups.forEach(group -> cell(html, Integer.toString(problems(standings, group))));
    html.raw("</tr></tbody></table></div>");
  }

  /** pass@k and the majority's answer; nothing if there is one sample of each problem. */
  static void samples(List<Standing> standings, Html html) {
    SortedSet<Integer> draws =
        standings.stream()
            .flatMap(standing -> standing.result().passAtK().keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    if (draws.size() < 2) {
      return;
    }
    html.element("h2", "Several samples").raw("<div class=\"scroll\"><table><thead><tr>");
    html.raw("<th class=\"left\">#<th class=\"left\">policy");
    draws.forEach(k -> html.element("th", "pass@" + k));
    html.element("th", "maj@" + draws.last()).raw("</tr></thead><tbody>");
    for (Standing standing : standings) {
      name(standing, standing.name(), html);
      for (int k : draws) {
        Double estimate = standing.result().passAtK().get(k);
        cell(html, estimate == null ? "" : percent(estimate));
      }
      Result result = standing.result();
      cell(html, result.measured() ? percent(result.majority()) : "");
      html.raw("</tr>");
    }
    html.raw("</tbody></table></div>");
  }

  private static int problems(List<Standing> standings, String group) {
    return standings.stream()
        .map(standing -> standing.result().byDifficulty().get(group))
        .mapToInt(reached -> reached == null ? 0 : reached.problems())
        .max()
        .orElse(0);
  }

  private static void name(Standing standing, String name, Html html) {
    html.raw("<tr><td class=\"left\">").text(Integer.toString(standing.number()));
    html.raw("<td class=\"left\"><span class=\"dot\" style=\"background:" + standing.colour())
        .raw("\"></span>")
        .text(name);
  }

  private static void cell(Html html, String text) {
    html.raw("<td>").text(text);
  }

  /** A figure, and below it the interval in which it is. */
  private static void cell(Html html, String figure, String interval) {
    html.raw("<td>").text(figure).raw("<small>").text(interval).raw("</small>");
  }

  private static String chance(double pValue) {
    return pValue < 0.001 ? "< 0.001" : String.format(Locale.ROOT, "%.3f", pValue);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String interval(Interval interval) {
    return String.format(Locale.ROOT, "%.1f … %.1f", 100 * interval.low(), 100 * interval.high());
  }

  private static String signed(Interval interval) {
    return String.format(Locale.ROOT, "%+.1f … %+.1f", 100 * interval.low(), 100 * interval.high());
  }
}
