package dev.splitreason.simulator.answer;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What an answer's time was spent waiting for. The parts of an answer add up to its latency. */
public enum LatencyPart {
  /** A place on a model that is full. */
  QUEUE,
  /** The small model's prefill: the prompt. */
  SMALL_PREFILL,
  /** The small model's kept tokens. */
  SMALL_DECODE,
  /** The large model's prefill that was not hidden behind the small one's decoding. */
  LARGE_PREFILL,
  /** The large model's kept tokens. */
  LARGE_DECODE,
  /** Asking the small model whether it would close the span. */
  PROBE,
  /** Taking over, and the network. */
  HAND_OFF,
  /** Tokens that were dropped again. */
  DISCARDED;

  /** The part's name in JSON. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
