package dev.splitreason.training.rollout;

import dev.splitreason.core.batch.BatchSession;
import dev.splitreason.core.batch.DrawListener;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.sampling.Distribution;
import dev.splitreason.core.sampling.Sampling;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the small model drew in one answer, by place in its sequence; places that were dropped and
 * written anew hold what came last. Log-probabilities are the policy's: at the temperature, without
 * what is forbidden.
 */
final class DrawLog implements DrawListener {

  private static final int UNKNOWN = -1;

  private final Tokenizer tokenizer;
  private final int closeTag;
  private @Nullable BatchSession session;
  private int[] written = {};
  private float[] writtenLogProbs = {};
  private int[] looked = {};
  private float[] closeLogProbs = {};
  private int endAt = UNKNOWN;
  private float[] scaled = {};

  /** A log that tells how likely a span was closed with this token. */
  DrawLog(Tokenizer tokenizer, int closeTag) {
    this.tokenizer = tokenizer;
    this.closeTag = closeTag;
  }

  /** The session whose draws these are. */
  void follow(BatchSession session) {
    this.session = session;
  }

  /** The model drew token {@code id} for a place. */
  @Override
  public void wrote(int place, int id, float[] logits, Sampling sampling) {
    reserve(place);
    looked[place] = UNKNOWN;
    written[place] = id;
    writtenLogProbs[place] = logProb(id, logits, sampling);
    endAt = tokenizer.endsText(id) ? place : UNKNOWN;
  }

  /** The model, reading what the large one wrote, drew token {@code id} for a place. */
  @Override
  public void looked(int place, int id, float[] logits, Sampling sampling) {
    reserve(place);
    written[place] = UNKNOWN;
    looked[place] = id;
    closeLogProbs[place] = logProb(closeTag, logits, sampling);
  }

  /** The sequence, with the token that ended the text if the model drew one. */
  int[] tokens() {
    int[] tokens = session == null ? new int[0] : session.tokens();
    if (endAt != tokens.length) {
      return tokens;
    }
    int[] all = Arrays.copyOf(tokens, tokens.length + 1);
    all[tokens.length] = written[tokens.length];
    return all;
  }

  /** Whether the model itself drew the token at a place. */
  boolean wrote(int place, int id) {
    return place < written.length && written[place] == id;
  }

  /** The log-probability of the token the model drew for a place. */
  float writtenLogProb(int place) {
    return writtenLogProbs[place];
  }

  /** Whether the model was asked at a place if it would close the span. */
  boolean looked(int place) {
    return place < looked.length && looked[place] != UNKNOWN;
  }

  /** Whether it would have. */
  boolean closes(int place) {
    return looked[place] == closeTag;
  }

  /** The log-probability of closing the span at a place. */
  float closeLogProb(int place) {
    return closeLogProbs[place];
  }

  private float logProb(int id, float[] logits, Sampling sampling) {
    requireWhole(sampling);
    if (scaled.length != logits.length) {
      scaled = new float[logits.length];
    }
    float rate = (float) (1 / sampling.temperature());
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] = logits[i] * rate;
    }
    for (Map.Entry<Integer, Float> bias : sampling.bias().entrySet()) {
      if (bias.getValue() == Float.NEGATIVE_INFINITY) {
        scaled[bias.getKey()] = Float.NEGATIVE_INFINITY;
      }
    }
    return (float) Distribution.of(scaled).logProb(scaled[id]);
  }

  /** A cut or a penalty would make log-probabilities that the loss cannot compute again. */
  private static void requireWhole(Sampling sampling) {
    if (sampling.greedy()
        || sampling.topK() > 0
        || sampling.topP() < 1
        || sampling.minP() > 0
        || sampling.repetitionPenalty() != 1) {
      throw new IllegalArgumentException(
          "rollouts are drawn at a temperature above 0 from the whole distribution, not with "
              + sampling);
    }
  }

  private void reserve(int place) {
    int known = written.length;
    if (place < known) {
      return;
    }
    int size = Math.max(2 * known, place + 64);
    written = Arrays.copyOf(written, size);
    looked = Arrays.copyOf(looked, size);
    Arrays.fill(written, known, size, UNKNOWN);
    Arrays.fill(looked, known, size, UNKNOWN);
    writtenLogProbs = Arrays.copyOf(writtenLogProbs, size);
    closeLogProbs = Arrays.copyOf(closeLogProbs, size);
  }
}
