package dev.splitreason.benchmarks;

/**
 * What is timed, each from an empty sequence, as llama-bench does it.
 *
 * @param prompt tokens to prefill at once
 * @param generate tokens to decode one by one
 */
record ThroughputWorkload(int prompt, int generate) {}
