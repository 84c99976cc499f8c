package dev.splitreason.core.batch;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.Nudge;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.sampling.Distribution;
import dev.splitreason.core.sampling.Sampler;
import dev.splitreason.core.sampling.Sampling;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Draws tokens one after another. */
final class Decode extends Work {

  private final DecodeRequest request;
  private final Tokenizer tokenizer;
  private final @Nullable DrawListener draws;
  private final @Nullable Sampling nudged;
  private int written;
  private Decoded.@Nullable End end;

  Decode(
      Sequence sequence, DecodeRequest request, Tokenizer tokenizer, @Nullable DrawListener draws) {
    super(sequence);
    this.request = request;
    this.tokenizer = tokenizer;
    this.draws = draws;
    Nudge nudge = request.nudge();
    this.nudged = nudge == null ? null : nudge.in(request.sampling());
  }

  /** Why it ended, once it has. */
  Decoded.End end() {
    return Objects.requireNonNull(end, "a finished decode has an end");
  }

  @Override
  void begin(Sampler sampler) {
    float[] known = sequence.lastLogits();
    if (known != null) {
      onLogits(sequence.length() - 1, known, sampler);
    } else {
      sequence.forgetFrom(sequence.length() - 1);
    }
  }

  @Override
  int target() {
    return sequence.length();
  }

  @Override
  int logitsFrom() {
    return sequence.length() - 1;
  }

  @Override
  void onLogits(int position, float[] logits, Sampler sampler) {
    if (request.maxEntropy() < Double.POSITIVE_INFINITY
        && Distribution.of(logits).entropy() > request.maxEntropy()) {
      // Whoever writes here instead may find this model certain again without a token in between.
      endBefore(logits, Decoded.End.UNCERTAIN);
      return;
    }
    int next = position + 1;
    int id = sampler.draw(logits, request.sampling(), next, sequence.tokens(), next);
    if (isNudged(next, id, logits, sampler)) {
      endBefore(logits, Decoded.End.NUDGED);
      return;
    }
    if (draws != null) {
      draws.wrote(next, id, logits, request.sampling());
    }
    if (tokenizer.endsText(id)) {
      endBefore(logits, Decoded.End.END_OF_TEXT);
      return;
    }
    sequence.add(id);
    written++;
    Token token = tokenizer.token(id);
    mailbox.add(new Message.Written(token));
    if (request.stop().stopAfter(token)) {
      endWith(Decoded.End.STOPPED);
    } else if (written == request.maxTokens()) {
      endWith(Decoded.End.MAX_TOKENS);
    } else if (sequence.full()) {
      endWith(Decoded.End.CONTEXT_FULL);
    }
  }

  /** Whether another token than the one drawn is drawn with the nudge, namely that one. */
  private boolean isNudged(int position, int drawn, float[] logits, Sampler sampler) {
    Nudge nudge = request.nudge();
    return nudge != null
        && nudged != null
        && drawn != nudge.id()
        && sampler.draw(logits, nudged, position, sequence.tokens(), position) == nudge.id();
  }

  @Override
  void onTarget() {
    // The logits after the token just drawn are wanted next; onLogits has ended the work if not.
  }

  private void endBefore(float[] logits, Decoded.End end) {
    sequence.keepLogits(logits);
    endWith(end);
  }

  private void endWith(Decoded.End end) {
    this.end = end;
    finish();
  }
}
