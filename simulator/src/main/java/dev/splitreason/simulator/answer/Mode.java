package dev.splitreason.simulator.answer;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.simulator.outline.Outline;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** How an answer is decoded. */
public enum Mode {
  /** The large model writes everything. */
  LARGE,
  /** The small model writes everything. */
  SMALL,
  /** Split decoding, one model at a time. */
  SEQUENTIAL,
  /** Split decoding, the idle model kept warm. */
  PIPELINED,
  /** The small model drafts what the large one verifies. */
  SPECULATIVE;

  /** The mode's name in JSON. */
  @JsonValue
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads a mode's name.
   *
   * @throws UserMistake with a one-line message, if it is none
   */
  public static Mode parse(String text) {
    for (Mode mode : values()) {
      if (mode.label().equals(text.strip().toLowerCase(Locale.ROOT))) {
        return mode;
      }
    }
    throw new UserMistake(
        "unknown mode '" + text + "'",
        "use " + Arrays.stream(values()).map(Mode::label).collect(Collectors.joining(", ")));
  }

  /**
   * Starts an answer now.
   *
   * @param random decides which drafted tokens are accepted
   * @param whenFinished gets the answer at its last token
   */
  public Answering start(
      Serving serving,
      Outline outline,
      SplitSettings settings,
      RandomGenerator random,
      Consumer<Answering> whenFinished) {
    Answering.Start start = new Answering.Start(serving, outline, settings, whenFinished);
    Answering answering =
        switch (this) {
          case LARGE -> new OneModel(start, false);
          case SMALL -> new OneModel(start, true);
          case SEQUENTIAL -> new SequentialSplit(start);
          case PIPELINED -> new PipelinedSplit(start);
          case SPECULATIVE -> new Speculative(start, random);
        };
    answering.begin();
    return answering;
  }
}
