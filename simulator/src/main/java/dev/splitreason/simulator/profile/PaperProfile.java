package dev.splitreason.simulator.profile;

/**
 * The pair of arXiv 2504.16379 as its figure 1 states it: a 1.5B model that prefills 30,000 and
 * decodes 150 tokens a second, a 32B model at 2,500 and 15.
 */
final class PaperProfile {

  static final String NAME = "paper-h100";

  private PaperProfile() {}

  static PairProfile profile() {
    return new PairProfile(
        NAME,
        "arXiv 2504.16379, figure 1: prefill and decode at 30000 and 150 tokens a second (1.5B),"
            + " 2500 and 15 (32B). No forward pass is taken to be shorter than a decode step, so"
            + " that a probe or a small prefill costs one.",
        ModelProfile.local("DeepSeek-R1-Distill-Qwen-1.5B", ofRates(30_000, 150)),
        ModelProfile.local("DeepSeek-R1-Distill-Qwen-32B", ofRates(2_500, 15)),
        false);
  }

  private static LinearTime ofRates(double prefill, double decode) {
    return LinearTime.ofRates(prefill, decode).withPassFloorSeconds(1 / decode);
  }
}
