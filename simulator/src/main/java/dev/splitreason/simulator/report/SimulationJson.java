package dev.splitreason.simulator.report;

import dev.splitreason.simulator.SimulationReport;
import dev.splitreason.simulator.fleet.FleetReport;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Reports as one line of JSON: the records' component names in snake case, times in seconds. */
public final class SimulationJson {

  private static final JsonMapper JSON =
      JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();

  private SimulationJson() {}

  /** A simulation of answers one at a time. */
  public static String write(SimulationReport report) {
    return JSON.writeValueAsString(report);
  }

  /** A simulation of a fleet. */
  public static String write(FleetReport report) {
    return JSON.writeValueAsString(report);
  }
}
