package dev.splitreason.simulator.server;

/**
 * What a finished request took of its device, over all its passes.
 *
 * @param decodeSeconds its share of decoding: each pass divided by the sequences that wrote
 * @param prefillSeconds its share of prefilling: what each pass took longer for it, divided by
 *     tokens
 * @param lastStepSeconds how long its last pass would have been without any prefilling; 0 if the
 *     request did not write
 */
public record RequestCost(double decodeSeconds, double prefillSeconds, double lastStepSeconds) {}
