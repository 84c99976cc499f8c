package dev.splitreason.simulator.fleet;

import dev.splitreason.simulator.Latency;
import dev.splitreason.simulator.answer.Mode;

/**
 * What a fleet makes of a demand in one mode, over the middle four fifths of the answers: without
 * the time in which the devices fill and empty.
 *
 * @param mode how answers are decoded
 * @param smallDevices devices with the small model
 * @param largeDevices devices with the large model
 * @param answersPerSecond answers finished in a second
 * @param tokensPerSecond tokens of text (tags not counted) of the answers finished in a second
 * @param latency from the arrival of an answer to its end
 * @param queueSeconds of it, the mean time without a place on a device
 * @param overloaded whether answers wait for a place longer than they are worked on: the demand is
 *     more than the fleet can bear, and the latency has no limit
 * @param smallBusy share of the time the small model's devices work
 * @param largeBusy share of the time the large model's devices work
 * @param deviceHoursPerMillion hours of all devices, busy or not, for a million answers
 * @param busyDeviceHoursPerMillion hours in which devices work, for a million answers
 */
public record FleetResult(
    Mode mode,
    int smallDevices,
    int largeDevices,
    double answersPerSecond,
    double tokensPerSecond,
    Latency latency,
    double queueSeconds,
    boolean overloaded,
    double smallBusy,
    double largeBusy,
    double deviceHoursPerMillion,
    double busyDeviceHoursPerMillion) {}
