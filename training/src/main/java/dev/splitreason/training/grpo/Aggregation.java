package dev.splitreason.training.grpo;

/** How the losses of actions become one number: the weight that each action has in the sum. */
public enum Aggregation {
  /** The mean over answers of the mean over each one's actions (arXiv 2402.03300, equation 3). */
  SEQUENCE_MEAN,
  /** The mean over all actions of the batch, so that long answers count more (DAPO, 2503.14476). */
  TOKEN_MEAN,
  /**
   * The sum over actions, divided by answers and the longest answer allowed, so that an action
   * counts the same whatever the length of its answer (Dr. GRPO, arXiv 2503.20783).
   */
  FIXED_LENGTH;

  /**
   * The weights of the actions of a batch, answer after answer.
   *
   * @param actions how many each answer has; one without any counts as an answer all the same
   * @param longest the most tokens of an answer
   */
  public float[] weights(int[] actions, int longest) {
    int all = 0;
    for (int count : actions) {
      all += count;
    }
    float[] weights = new float[all];
    int at = 0;
    for (int count : actions) {
      double weight =
          switch (this) {
            case SEQUENCE_MEAN -> 1.0 / count / actions.length;
            case TOKEN_MEAN -> 1.0 / all;
            case FIXED_LENGTH -> 1.0 / longest / actions.length;
          };
      for (int i = 0; i < count; i++) {
        weights[at++] = (float) weight;
      }
    }
    return weights;
  }
}
