package dev.splitreason.benchmarks;

/**
 * How fast a workload went.
 *
 * @param prefill tokens a second
 * @param decode tokens a second
 */
record Speed(double prefill, double decode) {}
