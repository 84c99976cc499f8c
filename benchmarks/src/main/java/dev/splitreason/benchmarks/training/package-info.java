/**
 * A training step, driven from outside beside a plain PyTorch loop.
 *
 * <p>Works on random tokens and a model of the shape it is told; gives back tokens a second and the
 * most memory that the process took. It deliberately knows nothing about the peer: {@code
 * benchmarks/training-throughput/compare.py} drives both.
 */
@NullMarked
package dev.splitreason.benchmarks.training;

import org.jspecify.annotations.NullMarked;
