package dev.splitreason.training.rollout;

import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.text.Utf8Assembler;
import dev.splitreason.core.trace.Author;
import dev.splitreason.data.problem.Problem;
import dev.splitreason.simulator.outline.OutlineTurn;
import dev.splitreason.training.reward.Completion;
import dev.splitreason.training.rollout.Action.Kind;
import dev.splitreason.training.rollout.RolloutSource.Drawing;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a small model's {@link DrawLog} as a rollout: goes through the tokens and tells, from
 * whether it is inside a span, who wrote each and what the small model decided there.
 */
final class RolloutRecorder {

  private final Tokenizer tokenizer;
  private final Drawing drawing;

  private final List<Author> authors = new ArrayList<>();
  private final List<Action> actions = new ArrayList<>();
  private final List<OutlineTurn> turns = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final Utf8Assembler characters = new Utf8Assembler();

  RolloutRecorder(Tokenizer tokenizer, Drawing drawing) {
    this.tokenizer = tokenizer;
    this.drawing = drawing;
  }

  /** An answer whose spans the large model wrote. */
  Rollout split(Problem problem, int promptTokens, DrawLog log, boolean ended) {
    int[] tokens = log.tokens();
    int spanStart = -1;
    for (int place = promptTokens; place < tokens.length; place++) {
      int id = tokens[place];
      if (spanStart < 0) {
        actions.add(new Action(place, Kind.WRITE, log.writtenLogProb(place)));
        keep(id, Author.SMALL, false);
        spanStart = id == drawing.openTag() ? place + 1 : -1;
        continue;
      }
      // Before a span's first token, and inside a character, there is nothing to decide.
      boolean asked = place > spanStart && !characters.incomplete() && log.looked(place);
      boolean closes = id == drawing.closeTag();
      if (asked && log.closes(place)) {
        actions.add(new Action(place, Kind.CLOSE, log.closeLogProb(place)));
      } else if (asked) {
        actions.add(new Action(place, Kind.STAY, notClosing(log.closeLogProb(place))));
      }
      keep(id, closes ? Author.SMALL : Author.LARGE, false);
      spanStart = closes ? -1 : spanStart;
    }
    return rollout(problem, tokens, promptTokens, ended);
  }

  /** An answer that the small model wrote alone, spans included. */
  Rollout alone(Problem problem, int promptTokens, DrawLog log, boolean ended) {
    int[] tokens = log.tokens();
    boolean inSpan = false;
    for (int place = promptTokens; place < tokens.length; place++) {
      int id = tokens[place];
      actions.add(new Action(place, Kind.WRITE_ANY, log.writtenLogProb(place)));
      inSpan = inSpan ? id != drawing.closeTag() : id == drawing.openTag();
      boolean offloaded = inSpan && id != drawing.openTag();
      keep(id, Author.SMALL, offloaded);
    }
    return rollout(problem, tokens, promptTokens, ended);
  }

  /** The log-probability of not closing, from that of closing. */
  private static float notClosing(float closing) {
    return (float) Math.log(-Math.expm1(Math.min(closing, Action.SUREST)));
  }

  private void keep(int id, Author author, boolean offloaded) {
    authors.add(author);
    if (tokenizer.endsText(id)) {
      return; // ends the text, but is no part of it
    }
    text.append(characters.append(tokenizer.bytes(id)));
    Author charged = offloaded ? Author.LARGE : author;
    int tag = id == drawing.openTag() || id == drawing.closeTag() ? 1 : 0;
    OutlineTurn last = turns.isEmpty() ? null : turns.getLast();
    if (last == null || last.author() != charged) {
      turns.add(new OutlineTurn(charged, 1, tag));
    } else {
      turns.set(turns.size() - 1, new OutlineTurn(charged, last.tokens() + 1, last.tags() + tag));
    }
  }

  private Rollout rollout(Problem problem, int[] tokens, int promptTokens, boolean ended) {
    Completion completion =
        new Completion(problem.answer(), text.toString(), ended, promptTokens, turns);
    return new Rollout(problem, tokens, promptTokens, authors, actions, completion);
  }
}
