package dev.splitreason.core.gguf;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One metadata value: a number, a truth value, a text, or a list of one of these. Lists that were
 * read from a file are decoded element by element as they are asked for, so a vocabulary of 150,000
 * texts costs its bytes only.
 */
public sealed interface GgufValue {

  /** The type as the file spells it; a list's is {@link GgufValueType#ARRAY}. */
  GgufValueType type();

  /** The UINT32 that most counts and ids are written as. */
  static GgufValue of(int value) {
    return new Whole(GgufValueType.UINT32, value);
  }

  /** A FLOAT32. */
  static GgufValue of(float value) {
    return new Real(GgufValueType.FLOAT32, value);
  }

  /** A truth value. */
  static GgufValue of(boolean value) {
    return new Flag(value);
  }

  /** A text. */
  static GgufValue of(String value) {
    return new Text(value);
  }

  /**
   * A whole number.
   *
   * @param value the number; above the range of {@code long}, a UINT64's bits
   */
  record Whole(GgufValueType type, long value) implements GgufValue {

    public Whole {
      require(type.whole(), type);
      if (!type.holds(value)) {
        throw new IllegalArgumentException(value + " does not fit into " + type);
      }
    }
  }

  /** A floating-point number; a FLOAT32 is rounded when written. */
  record Real(GgufValueType type, double value) implements GgufValue {

    public Real {
      require(type.real(), type);
    }
  }

  /** A truth value. */
  record Flag(boolean value) implements GgufValue {

    @Override
    public GgufValueType type() {
      return GgufValueType.BOOL;
    }
  }

  /** A text; bytes of a file that are not UTF-8 become U+FFFD. */
  record Text(String value) implements GgufValue {

    @Override
    public GgufValueType type() {
      return GgufValueType.STRING;
    }
  }

  /** A list of whole numbers of one type. */
  record Wholes(GgufValueType element, List<Long> values) implements GgufValue {

    public Wholes {
      require(element.whole(), element);
    }

    @Override
    public GgufValueType type() {
      return GgufValueType.ARRAY;
    }
  }

  /** A list of floating-point numbers of one type. */
  record Reals(GgufValueType element, List<Double> values) implements GgufValue {

    public Reals {
      require(element.real(), element);
    }

    @Override
    public GgufValueType type() {
      return GgufValueType.ARRAY;
    }
  }

  /** A list of truth values. */
  record Flags(List<Boolean> values) implements GgufValue {

    @Override
    public GgufValueType type() {
      return GgufValueType.ARRAY;
    }
  }

  /** A list of texts, such as a vocabulary. */
  record Texts(List<String> values) implements GgufValue {

    /**
     * The first index whose text stood before, or -1. Texts end at a NUL, as C reads them; empty
     * ones do not count.
     */
    public int repeated() {
      if (values instanceof PackedTexts packed) {
        return packed.repeated();
      }
      Set<String> seen = new HashSet<>();
      for (int i = 0; i < values.size(); i++) {
        String text = values.get(i).split("\0", 2)[0];
        if (!text.isEmpty() && !seen.add(text)) {
          return i;
        }
      }
      return -1;
    }

    @Override
    public GgufValueType type() {
      return GgufValueType.ARRAY;
    }
  }

  private static void require(boolean fits, GgufValueType type) {
    if (!fits) {
      throw new IllegalArgumentException(type + " is not a type of this kind of value");
    }
  }
}
