package dev.splitreason.core.vocabulary;

import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.Tokenizer;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * How what one of two models writes reaches the other: as token ids where the text tokens of the
 * one mean the same to the other, else as text. Files need not be equal for it: padding rows and
 * added tokens differ within every family, and are not text tokens.
 *
 * @param byIds whether ids are exchanged
 * @param sameIds whether every text token has one id in both
 * @param why in a few words for people
 * @param oneToOther what the first model's tokens are to the second
 * @param otherToOne what the second model's tokens are to the first
 */
public record Exchange(
    boolean byIds, boolean sameIds, String why, Translation oneToOther, Translation otherToOne) {

  /** What is known of two vocabularies: it takes a tenth of a second to find out. */
  private static final Map<Tokenizer, Map<Tokenizer, Agreement>> KNOWN =
      Collections.synchronizedMap(new WeakHashMap<>());

  /**
   * The exchange between two models, by their vocabularies; null for a model that takes only text.
   */
  public static Exchange between(@Nullable Tokenizer one, @Nullable Tokenizer other) {
    Agreement agreement = one == null || other == null ? textOnly(one, other) : of(one, other);
    return new Exchange(
        agreement.byIds(),
        agreement.sameIds(),
        agreement.why(),
        new Translation(one, other, agreement.byIds(), agreement.oneToOther()),
        new Translation(other, one, agreement.byIds(), agreement.otherToOne()));
  }

  private static Agreement textOnly(@Nullable Tokenizer one, @Nullable Tokenizer other) {
    return Agreement.byText(
        one == null && other == null
            ? "both models take only text"
            : (one == null ? "the first" : "the second") + " model takes only text");
  }

  private static Agreement of(Tokenizer one, Tokenizer other) {
    Map<Tokenizer, Agreement> known =
        KNOWN.computeIfAbsent(one, _ -> Collections.synchronizedMap(new WeakHashMap<>()));
    try {
      return known.computeIfAbsent(other, _ -> Agreement.of(one, other));
    } catch (ModelException e) {
      return Agreement.byText("a server does not tell its tokens: " + e.getMessage());
    }
  }
}
