/**
 * How an answer comes about, in each mode: the small or the large model alone, split decoding
 * sequential or pipelined, speculative decoding.
 *
 * <p>Works on an outline and two served models; gives back the answer's latency, where it went, and
 * the device time it took. It deliberately knows nothing about how fast models are or how many
 * answers there are. The steps are those of {@link dev.splitreason.core.split.SplitDecoder}, with
 * the tokens replaced by their number.
 */
@NullMarked
package dev.splitreason.simulator.answer;

import org.jspecify.annotations.NullMarked;
