package dev.splitreason.core.piece;

import java.util.List;

/**
 * Texts that end an answer.
 *
 * @param texts each not empty; the first that is written ends it
 * @param included whether that text stays at the answer's end
 */
public record Stops(List<String> texts, boolean included) {

  /** The models end the answer. */
  public static final Stops NONE = new Stops(List.of(), false);

  public Stops {
    texts = List.copyOf(texts);
  }
}
