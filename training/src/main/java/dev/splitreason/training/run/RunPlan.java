package dev.splitreason.training.run;

/**
 * What a run does when.
 *
 * @param steps of the whole run
 * @param measureFirst whether it also measures before the first step
 * @param measureEvery steps between measurements; 0 for at the end only
 * @param checkpoints when it saves itself
 * @param gguf what it leaves for llama.cpp at the end
 * @param curves what is drawn of it
 */
public record RunPlan(
    long steps,
    boolean measureFirst,
    int measureEvery,
    CheckpointConfig checkpoints,
    Gguf gguf,
    Curves curves) {

  boolean measuresAfter(long step) {
    return step == steps || (measureEvery > 0 && step % measureEvery == 0);
  }

  boolean savesAfter(long step) {
    return step == steps || (checkpoints.every() > 0 && step % checkpoints.every() == 0);
  }
}
