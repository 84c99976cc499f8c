/**
 * Training of the models of a pair on libtorch: pre-training, supervised fine-tuning (SFT) and
 * GRPO, from Hugging Face checkpoints and token sequences to checkpoints and GGUF files. It gives
 * the rollouts' models to the split decoder through core's interfaces, and knows no engine.
 */
@NullMarked
package dev.splitreason.training;

import org.jspecify.annotations.NullMarked;
