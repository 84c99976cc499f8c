package dev.splitreason.core.split;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.model.Capabilities;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.policy.Needs;
import dev.splitreason.core.policy.OffloadBudget;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.policy.Turn;
import dev.splitreason.core.policy.TurnTaking;
import dev.splitreason.core.policy.TurnTaking.LastEnd;
import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.TraceListener;
import java.util.List;

/**
 * Decodes answers with a pair of models: split decoding (arXiv 2504.16379, section 3). Thread-safe:
 * any number of answers may be decoded at once.
 *
 * <p>The method, in the order of one answer:
 *
 * <ol>
 *   <li>Each model has a {@link View} of the one chain of thought. The small one reads the prompt
 *       with a hint about the tags, and everything that is kept, tags included. The large one reads
 *       the prompt without the hint, and the text without the tags. Views only grow, so nothing is
 *       prefilled twice; pipelined, the model that is idle is kept warm with what the other writes.
 *   <li>A {@link TurnTaking}, the policy at work, says whose turn is next. Under the learned policy
 *       the small model writes until it writes the open tag ({@link SmallTurn}); then it is the
 *       large model's turn.
 *   <li>The large model writes ({@link LargeTurn}) while the small one reads along ({@link
 *       ReadAlong}): one scoring pass over what has come tells what it would write after each of
 *       those tokens. Where that is the close tag, the span closes; what the large model wrote
 *       beyond is dropped. A span also closes at its cap, and the answer ends where the large model
 *       ends it.
 *   <li>Should the large model fail or fall silent, the answer goes on with the small model alone.
 * </ol>
 */
public final class SplitDecoder {

  private final Pair pair;

  public SplitDecoder(Pair pair) {
    this.pair = pair;
  }

  /** The pair it decodes with. */
  public Pair pair() {
    return pair;
  }

  /**
   * Answers a conversation.
   *
   * <p>When the calling thread is interrupted, the answer ends where it is, its finish reason is
   * {@code CANCELLED} and the thread's interrupt flag is set again.
   *
   * @throws ModelException if the small model fails, or the prompt does not fit its context
   * @throws UserMistake if the pair cannot do what the options ask for
   */
  public Trace decode(List<Message> conversation, SplitOptions options, TraceListener listener) {
    requireCapabilities(options);
    try (Answer answer = new Answer(pair, options, listener)) {
      return answer.finished(write(answer, conversation, options));
    }
  }

  private FinishReason write(Answer answer, List<Message> conversation, SplitOptions options) {
    TurnTaking turns =
        TurnTaking.of(
            options.policy(),
            new OffloadBudget(options.maxOffloadRatio(), options.largeBudget()),
            pair.spanCap(),
            options.sampling().seed());
    Watchdog budget = new Watchdog(options.timeBudget());
    try (budget) {
      answer.read(conversation);
      FinishReason reason = answer.outOfBudget();
      LastEnd last = LastEnd.LIMIT;
      while (reason == null) {
        Turn turn =
            answer.degraded()
                ? Turn.Small.alone(answer.remaining())
                : turns.next(answer.progress(last));
        TurnEnd end =
            switch (turn) {
              case Turn.Small small -> new SmallTurn(answer, small).write();
              case Turn.Large large -> new LargeTurn(answer, large).write();
              case Turn.Draft draft -> new DraftTurn(answer, draft).write();
            };
        last = end.last();
        reason = end.finish() == null ? answer.outOfBudget() : end.finish();
      }
      return reason;
    } catch (InterruptedException e) {
      if (budget.fired()) {
        return FinishReason.TIMEOUT;
      }
      Thread.currentThread().interrupt();
      return FinishReason.CANCELLED;
    } catch (ModelException e) {
      if (e.kind() == ModelException.Kind.CONTEXT_OVERFLOW && answer.begun()) {
        return FinishReason.LENGTH;
      }
      throw e;
    }
  }

  private void requireCapabilities(SplitOptions options) {
    LanguageModel small = options.policy().usesTags() ? pair.small() : pair.untagged();
    Capabilities can = small.capabilities();
    if (options.policy() instanceof Policy.LargeOnly && options.maxOffloadRatio() < 1) {
      throw new UserMistake(
          "the policy large offloads every token: it cannot keep a maximum offload ratio of "
              + options.maxOffloadRatio());
    }
    if (options.policy() instanceof Policy.LargeOnly && options.largeBudget() < Integer.MAX_VALUE) {
      throw new UserMistake(
          "the policy large offloads every token: it cannot keep a budget of "
              + options.largeBudget()
              + " of them");
    }
    if (options.offloadBias() != 0 && !(can.logitBias() && can.tokenIds())) {
      throw new UserMistake(
          small.info().name() + " takes no logit bias, so it has no offload bias");
    }
    requireAbilities(options.policy(), small);
  }

  private void requireAbilities(Policy policy, LanguageModel small) {
    Needs needs = policy.needs();
    Capabilities can = small.capabilities();
    if (needs.entropy() && !can.entropy()) {
      throw lacks(small, "does not tell its entropy", policy);
    }
    if (needs.smallScores() && !can.scoring()) {
      throw lacks(small, "does not score", policy);
    }
    Capabilities largeCan = pair.large().capabilities();
    if (needs.largeScores() && !(largeCan.scoring() && largeCan.tokenIds())) {
      throw lacks(pair.large(), "does not score token ids", policy);
    }
  }

  private static UserMistake lacks(LanguageModel model, String what, Policy policy) {
    return new UserMistake(
        model.info().name() + " " + what + ", which the policy " + policy.label() + " needs");
  }
}
