package dev.splitreason.core.vocabulary;

import dev.splitreason.core.model.TokenKind;
import dev.splitreason.core.model.Tokenizer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The text tokens of one vocabulary by the ids that they have in another.
 *
 * @param ids of the other by those of the one, {@link #NONE} where no token is spelled so. Not to
 *     be modified
 * @param same whether all of them have the same id there
 * @param texts how many text tokens the one has
 * @param missing how many of them the other lacks
 * @param broken how many of those end inside a character, so that they cannot cross as text
 */
record TokenMap(int[] ids, boolean same, int texts, int missing, int broken) {

  static final int NONE = -1;

  /** The map between two vocabularies that are known in full. */
  static TokenMap of(Tokenizer from, Tokenizer to) {
    int[] ids = new int[from.size()];
    Map<ByteBuffer, Integer> spellings = null;
    int texts = 0;
    int missing = 0;
    int broken = 0;
    for (int id = 0; id < ids.length; id++) {
      ids[id] = NONE;
      if (from.kind(id) != TokenKind.TEXT) {
        continue;
      }
      texts++;
      byte[] bytes = from.bytes(id);
      if (isText(to, id) && Arrays.equals(bytes, to.bytes(id))) {
        ids[id] = id;
        continue;
      }
      if (spellings == null) {
        spellings = spellings(to);
      }
      Integer same = spellings.get(ByteBuffer.wrap(bytes));
      if (same != null) {
        ids[id] = same;
      } else {
        missing++;
        broken += from.token(id).text().indexOf('\uFFFD') < 0 ? 0 : 1;
      }
    }
    return new TokenMap(ids, spellings == null, texts, missing, broken);
  }

  /** Whether there is next to nothing that the other lacks, and that crosses as text. */
  boolean nearlyComplete() {
    return broken == 0 && missing <= texts / 100;
  }

  private static boolean isText(Tokenizer tokenizer, int id) {
    return id < tokenizer.size() && tokenizer.kind(id) == TokenKind.TEXT;
  }

  private static Map<ByteBuffer, Integer> spellings(Tokenizer tokenizer) {
    Map<ByteBuffer, Integer> spellings = HashMap.newHashMap(tokenizer.size());
    for (int id = 0; id < tokenizer.size(); id++) {
      if (tokenizer.kind(id) == TokenKind.TEXT) {
        spellings.putIfAbsent(ByteBuffer.wrap(tokenizer.bytes(id)), id);
      }
    }
    return spellings;
  }
}
