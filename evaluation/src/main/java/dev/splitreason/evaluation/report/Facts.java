package dev.splitreason.evaluation.report;

import dev.splitreason.evaluation.run.Conditions;
import dev.splitreason.evaluation.run.RunDescription;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What somebody needs who wants to measure the same: at the top of a report, as a list. */
final class Facts {

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int SUM = 16;

  private Facts() {}

  static void of(RunDescription run, Html html) {
    html.raw("<dl class=\"facts\">");
    fact("seed", Long.toString(run.seed()), html);
    fact("answers", options(run.options()), html);
    List<Conditions> times = run.conditions();
    for (Conditions time : times) {
      fact("measured", DATE.format(time.started()) + inFlight(time), html);
      fact("software", "splitreason " + time.version() + commit(time), html);
      fact("machine", time.machine(), html);
      fact("models", models(time.models()), html);
    }
    html.raw("</dl>").element("pre", String.join("\n", run.commands()));
  }

  private static String options(Map<String, String> options) {
    return "0.0".equals(options.get("temperature"))
        ? "greedy, " + listed(options, List.of("max-tokens", "max-offload-ratio", "large-budget"))
        : listed(options, options.keySet());
  }

  private static String listed(Map<String, String> options, Iterable<String> names) {
    var listed = new StringBuilder();
    for (String name : names) {
      String value = options.get(name);
      if (value != null) {
        listed.append(listed.isEmpty() ? "" : ", ").append(name).append(' ').append(value);
      }
    }
    return listed.toString();
  }

  private static String inFlight(Conditions time) {
    return time.inFlight() == 1
        ? ", one answer at a time"
        : ", with up to " + time.inFlight() + " answers in flight";
  }

  private static String commit(Conditions time) {
    return time.commit() == null ? "" : ", commit " + time.commit();
  }

  private static String models(Map<String, Conditions.Weights> models) {
    return models.entrySet().stream()
        .map(model -> model.getKey() + sum(model.getValue()))
        .collect(Collectors.joining("; "));
  }

  /** As many digits as tell files apart; the description of the run has them all. */
  private static String sum(Conditions.Weights weights) {
    String sum = weights.sha256();
    return sum == null
        ? " (" + weights.location() + ")"
        : " (SHA-256 " + sum.substring(0, Math.min(SUM, sum.length())) + "…)";
  }

  private static void fact(String name, String value, Html html) {
    if (!value.isEmpty()) {
      html.element("dt", name).element("dd", value);
    }
  }
}
