package dev.splitreason.cli.ask;

import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
