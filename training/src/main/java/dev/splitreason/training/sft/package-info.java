/**
 * Supervised fine-tuning on annotated traces: a model learns to write tags where its data has them.
 *
 * <p>Works on a checkpoint and traces; gives back a run. It deliberately knows nothing about how
 * traces were annotated.
 */
@NullMarked
package dev.splitreason.training.sft;

import org.jspecify.annotations.NullMarked;
