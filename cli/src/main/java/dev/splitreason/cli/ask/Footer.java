package dev.splitreason.cli.ask;

import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The line under an answer: what it cost, and what was unusual about it. */
final class Footer {

  private Footer() {}

  static String of(Trace trace) {
    Usage usage = trace.usage();
    List<String> parts = new ArrayList<>();
    parts.add(
        format(
            "%d tokens, %d by the large model (%.1f %%)",
            usage.smallTokens() + usage.largeTokens(),
            usage.largeTokens(),
            100 * usage.offloadRatio()));
    if (usage.discardedTokens() > 0) {
      parts.add(usage.discardedTokens() + " discarded");
    }
    for (Author author : Author.values()) {
      double speed = AnswerSpeed.tokensPerSecond(author, trace.tokenTimes());
      if (!Double.isNaN(speed)) {
        parts.add(format("%s %.0f tokens/s", author.label(), speed));
      }
    }
    parts.add(format("%.2f s", trace.seconds()));
    switch (trace.finishReason()) {
      case STOP -> {}
      case LENGTH -> parts.add("cut at the token limit or the end of the context");
      case TIMEOUT -> parts.add("cut at the time limit");
      case CANCELLED -> parts.add("cancelled");
    }
    if (trace.degraded()) {
      parts.add("the large model failed, the small one went on alone: " + trace.degradedBecause());
    }
    return "── " + String.join(" · ", parts);
  }

  /**
   * What to try after a finished answer that a small model with tags wrote alone, or null. It may
   * have needed no help; or it is one that never learned the tags, which nothing else tells.
   */
  static @Nullable String advice(Trace trace, SplitOptions options) {
    boolean alone =
        options.policy() instanceof Policy.Learned
            && options.maxOffloadRatio() > 0
            && trace.finishReason() != FinishReason.CANCELLED
            && !trace.degraded()
            && trace.usage().smallTokens() > 0
            && trace.usage().largeTokens() + trace.usage().discardedTokens() == 0;
    return alone
        ? "── nothing was handed over; a small model that never learned the tags needs"
            + " --policy entropy:1.2"
        : null;
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
