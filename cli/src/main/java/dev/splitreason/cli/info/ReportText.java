package dev.splitreason.cli.info;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** A report for the eye: a name and a value on each line. */
final class ReportText {

  private final StringBuilder text = new StringBuilder();

  private ReportText() {}

  static String of(InfoDocument report) {
    var text = new ReportText();
    text.line("splitreason", report.version());
    text.line("java", report.java());
    text.line(
        "configuration", Objects.requireNonNullElse(report.config(), "none, built-in defaults"));
    text.line("cores", report.cores() + ", memory " + size(report.memoryBytes()));
    text.engine(report.engine());
    text.text.append('\n');
    text.line("pair", report.pair());
    report.models().forEach(text::model);
    PairReport.Exchanged exchange = report.exchange();
    if (exchange != null) {
      text.line("exchange", exchange.by() + ": " + exchange.why());
    }
    return text.text.toString();
  }

  private void engine(InfoDocument.Engine engine) {
    if (engine.problem() != null) {
      line("engine", engine.name() + " cannot be used: " + engine.problem());
      return;
    }
    line("engine", engine.name() + " " + engine.version() + ", CPU variant " + engine.cpuVariant());
    line("  libraries", String.valueOf(engine.folder()));
    line("  devices", String.join(", ", engine.devices()));
  }

  private void model(ModelReport model) {
    String size = model.bytes() == null ? "" : ", " + size(model.bytes());
    line(model.role(), model.name());
    line("  at", model.location() + size);
    if (model.adapter() != null) {
      line("  adapter", model.adapter());
    }
    if (model.problem() != null) {
      line("  problem", model.problem());
      return;
    }
    List<String> facts = new ArrayList<>();
    String description = String.valueOf(model.description());
    facts.add(description);
    if (model.parameters() != null) {
      facts.add(String.format(Locale.ROOT, "%,d parameters", model.parameters()));
    }
    if (model.quantisation() != null && !description.contains(model.quantisation())) {
      facts.add(model.quantisation());
    }
    line("  weights", String.join(", ", facts));
    line(
        "  context",
        model.context() == null ? "the server does not say" : model.context() + " tokens");
    String template =
        model.template() == null ? "stores none: name one with --template" : model.template();
    line("  template", template + ", tags as " + model.tags());
    line(
        "  can",
        model.capabilities().isEmpty()
            ? "go on with text, nothing else"
            : String.join(", ", model.capabilities()));
  }

  private void line(String name, String value) {
    text.append(String.format("%-14s %s%n", name, value));
  }

  private static String size(long bytes) {
    String[] units = {"bytes", "KiB", "MiB", "GiB", "TiB"};
    double amount = bytes;
    int unit = 0;
    for (; amount >= 1024 && unit < units.length - 1; unit++) {
      amount /= 1024;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", amount, units[unit]);
  }
}
