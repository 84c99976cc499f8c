package dev.splitreason.simulator.report;

import static dev.splitreason.simulator.report.SimulationText.format;
import static dev.splitreason.simulator.report.SimulationText.percent;
import static dev.splitreason.simulator.report.SimulationText.seconds;

import dev.splitreason.simulator.fleet.FleetReport;
import dev.splitreason.simulator.fleet.FleetResult;
import java.util.Locale;
import java.util.stream.Collectors;

/** A simulation of a fleet, as a table. */
public final class FleetText {

  private FleetText() {}

  /** The report, several lines. */
  public static String of(FleetReport report) {
    String head =
        String.format(
            Locale.ROOT,
            "%s: %d answers, %s a second, %s of their tokens by the large model%n",
            report.profile(),
            report.answers(),
            report.arrivalsPerSecond(),
            percent(report.offloadRatio()));
    return head + report.source() + "\n\n" + table(report) + overloaded(report);
  }

  private static String table(FleetReport report) {
    Table table =
        new Table(
            "mode",
            "devices",
            "answers/s",
            "tokens/s",
            "mean s",
            "p50",
            "p90",
            "p99",
            "queue s",
            "small busy",
            "large busy",
            "device h/million",
            "of them busy");
    for (FleetResult result : report.results()) {
      table.row(
          result.mode().label(),
          result.smallDevices() + "+" + result.largeDevices(),
          format("%.3f", result.answersPerSecond()),
          format("%.0f", result.tokensPerSecond()),
          seconds(result.latency().mean()),
          seconds(result.latency().p50()),
          seconds(result.latency().p90()),
          seconds(result.latency().p99()),
          seconds(result.queueSeconds()),
          percent(result.smallBusy()),
          percent(result.largeBusy()),
          format("%.0f", result.deviceHoursPerMillion()),
          format("%.0f", result.busyDeviceHoursPerMillion()));
    }
    return table.text();
  }

  private static String overloaded(FleetReport report) {
    String modes =
        report.results().stream()
            .filter(FleetResult::overloaded)
            .map(result -> result.mode().label())
            .collect(Collectors.joining(", "));
    return modes.isEmpty()
        ? ""
        : "\nToo much for this fleet: "
            + modes
            + ". Answers wait longer than they are worked on, and the wait grows with their"
            + " number.\n";
  }
}
