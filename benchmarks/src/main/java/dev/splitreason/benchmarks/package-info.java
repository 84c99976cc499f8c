/**
 * The embedded engine beside llama.cpp's own {@code llama-bench}.
 *
 * <p>Works on a model file and the two programs; gives back tokens a second of each, and their
 * ratio. It deliberately knows nothing about how either is built: {@code benchmarks/
 * engine-throughput} sees to that. Start at {@link EngineThroughput}.
 */
@NullMarked
package dev.splitreason.benchmarks;

import org.jspecify.annotations.NullMarked;
