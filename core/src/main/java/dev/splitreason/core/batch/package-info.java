/**
 * Continuous batching (Orca, OSDI 2022): one loop that computes for all sessions of a model.
 *
 * <p>Works on the token sequences of sessions, and on an {@link
 * dev.splitreason.core.batch.Evaluator}, which computes logits; gives back {@link
 * dev.splitreason.core.model.Session}s, whose calls block while the loop packs what all of them
 * wait for into batches. It deliberately knows nothing about weights, tensors or KV cells, nor what
 * the tokens mean.
 *
 * <p>In reading order: {@link dev.splitreason.core.batch.Evaluator} (what an engine has to offer),
 * {@link dev.splitreason.core.batch.BatchSession} (what callers use), {@code Work} (what a session
 * may ask for: {@code Prefill}, {@code Decode}, {@code Score}), {@link
 * dev.splitreason.core.batch.BatchLoop} (the loop), {@code Packing} (what goes into the next
 * batch).
 */
@NullMarked
package dev.splitreason.core.batch;

import org.jspecify.annotations.NullMarked;
