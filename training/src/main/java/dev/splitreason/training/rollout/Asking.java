package dev.splitreason.training.rollout;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.Pair;
import dev.splitreason.core.split.SplitDecoder;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.TraceListener;
import java.util.List;

/** How models in training are asked, to learn from their answers or to measure them. */
public final class Asking {

  private Asking() {}

  /**
   * A pair's answer: the small model hands over, the large one writes the spans.
   *
   * @throws ModelException if the large model fails: an answer that the small one had to end alone
   *     says nothing about handing over
   */
  public static Trace pair(Pair pair, String question, Sampling sampling, int maxTokens)
      throws InterruptedException {
    SplitOptions options =
        SplitOptions.DEFAULT
            .withPolicy(new Policy.Learned())
            .withSampling(sampling)
            .withMaxTokens(maxTokens)
            .withPipelined(false);
    Trace trace =
        new SplitDecoder(pair).decode(List.of(Message.user(question)), options, TraceListener.NONE);
    if (trace.finishReason() == FinishReason.CANCELLED) {
      throw new InterruptedException();
    }
    if (trace.degradedBecause() != null) {
      throw new ModelException(
          ModelException.Kind.UNAVAILABLE, "the large model failed: " + trace.degradedBecause());
    }
    return trace;
  }

  /** A model's answer without another one: what it hands over it writes itself. */
  public static Decoded alone(LanguageModel model, int[] prompt, Sampling sampling, int maxTokens)
      throws InterruptedException {
    try (Session session = model.open()) {
      session.append(prompt);
      return session.decode(DecodeRequest.upTo(maxTokens, sampling), token -> {});
    }
  }
}
