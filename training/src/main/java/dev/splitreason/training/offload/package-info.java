/**
 * Runs that teach a small model when to hand over: GRPO from a configuration to a run's folder.
 *
 * <p>Works on two checkpoints, problems and a configuration; gives back the trained small model. It
 * deliberately knows nothing about how a loss is computed or an answer decoded.
 */
@NullMarked
package dev.splitreason.training.offload;

import org.jspecify.annotations.NullMarked;
