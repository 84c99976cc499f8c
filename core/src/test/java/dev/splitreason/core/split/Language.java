package dev.splitreason.core.split;

import dev.splitreason.core.sampling.CounterRandom;
import dev.splitreason.core.tag.TagSpelling;

/**
 * What a {@link ScriptedModel} has learned: a function from the text of an answer so far to how it
 * goes on. It works on text, so that models of different vocabularies may have learned the same.
 */
@FunctionalInterface
interface Language {

  /** At least the next few characters after a text; empty to end it there. */
  String next(String text);

  /** How far the logit of the token that comes next is above all others. */
  default double confidence(String text) {
    return 10;
  }

  /** Knows one text by heart, and ends any other at once. */
  static Language script(String script) {
    return text -> script.startsWith(text) ? script.substring(text.length()) : "";
  }

  /** Writes an endless text over and over, whatever came before. */
  static Language repeating(String period) {
    return text -> {
      int at = text.length() % period.length();
      return period.substring(at) + period;
    };
  }

  /** The same language, uncertain wherever the text so far ends with this. */
  default Language uncertainAfter(String ending) {
    Language certain = this;
    return new Language() {
      @Override
      public String next(String text) {
        return certain.next(text);
      }

      @Override
      public double confidence(String text) {
        return text.endsWith(ending) ? 0.01 : certain.confidence(text);
      }
    };
  }

  /** A babble in which each character follows from all those before it, tags aside. */
  record Babble(long seed, int longest) implements Language {

    private static final int LOOKAHEAD = 16;
    private static final String[] CHARACTERS = {
      "a", "b", "1", "2", " ", "=", "<", ">", "/", "\n", "é", "字", "😀", "a", "b", " "
    };

    @Override
    public String next(String text) {
      StringBuilder more = new StringBuilder();
      String plain = TagSpelling.BIGMODEL.strip(text);
      while (more.length() < LOOKAHEAD && !ends(plain + more)) {
        more.append(character(plain + more));
      }
      return more.toString();
    }

    @Override
    public double confidence(String text) {
      return draw(text, 3, 4) == 0 ? 0.5 : 10;
    }

    boolean ends(String plain) {
      return plain.length() >= longest || draw(plain, 1, 3 * longest) == 0;
    }

    String character(String plain) {
      return CHARACTERS[draw(plain, 0, CHARACTERS.length)];
    }

    private int draw(String plain, int what, int bound) {
      return (int) (CounterRandom.uniform(seed + what, plain.hashCode()) * bound);
    }
  }

  /**
   * A babble that also opens and closes spans, each decided by the text so far without its tags.
   */
  record TaggedBabble(Babble babble, int openEvery, int closeEvery) implements Language {

    private static final TagSpelling TAGS = TagSpelling.BIGMODEL;

    @Override
    public String next(String text) {
      StringBuilder more = new StringBuilder(begunTag(text));
      while (more.length() < Babble.LOOKAHEAD) {
        String step = step(text + more);
        if (step.isEmpty()) {
          break;
        }
        more.append(step);
      }
      return more.toString();
    }

    /** The rest of a tag that the text ends in the middle of. */
    private String begunTag(String text) {
      for (String tag : new String[] {TAGS.close(), TAGS.open()}) {
        for (int length = Math.min(tag.length() - 1, text.length()); length > 0; length--) {
          String before = text.substring(0, text.length() - length);
          if (text.endsWith(tag.substring(0, length)) && step(before).equals(tag)) {
            return tag.substring(length);
          }
        }
      }
      return "";
    }

    private String step(String text) {
      String plain = TAGS.strip(text);
      boolean inside = text.lastIndexOf(TAGS.open()) > text.lastIndexOf(TAGS.close());
      if (inside && babble.draw(plain, 5, closeEvery) == 0 && !text.endsWith(TAGS.open())) {
        return TAGS.close();
      }
      if (!inside && babble.draw(plain, 6, openEvery) == 0 && !text.endsWith(TAGS.close())) {
        return TAGS.open();
      }
      return babble.ends(plain) ? "" : babble.character(plain);
    }
  }
}
