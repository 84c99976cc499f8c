package dev.splitreason.server.answer;

import dev.splitreason.core.concurrent.InFlight;
import dev.splitreason.core.piece.Piece;
import dev.splitreason.server.limit.Allowance;
import dev.splitreason.server.limit.AnswerQueue;
import dev.splitreason.server.limit.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Answers what requests ask: all answers of a request side by side, within what is allowed. */
public final class Answers {

  private final List<Supplier<AnswerObserver>> observers;
  private final AnswerKeeper keeper;

  /**
   * Answers that are seen, and may be kept.
   *
   * @param observers each is asked on a request's thread for who sees its answers
   */
  public Answers(List<Supplier<AnswerObserver>> observers, AnswerKeeper keeper) {
    this.observers = List.copyOf(observers);
    this.keeper = keeper;
  }

  /** Sees the answers to a request grow, each on a thread of its own. What it throws ends them. */
  public interface Listener {

    /** Sees nothing. */
    Listener NONE =
        new Listener() {
          @Override
          public void onPiece(int choice, Piece piece) {}

          @Override
          public void onEnd(int choice, Answered answered) {}
        };

    /** A piece of an answer, in its order. */
    void onPiece(int choice, Piece piece);

    /** An answer is finished. */
    void onEnd(int choice, Answered answered);
  }

  /**
   * Answers questions to one pair, in their order.
   *
   * @throws dev.splitreason.server.error.Refusal if the pair is not there yet or too busy, or the
   *     caller has had as much as it may
   * @throws InterruptedException if the thread is interrupted; all answers have ended then
   */
  public List<Answered> to(Caller caller, List<Question> questions, Listener listener)
      throws InterruptedException {
    List<AnswerObserver> seeing = observers.stream().map(Supplier::get).toList();
    AnswerQueue queue = questions.getFirst().pair().queue();
    try (Allowance.Share _ = caller.allowance().take(questions.size());
        AnswerQueue.Ticket ticket = queue.admit(questions.size())) {
      List<InFlight.Call<Answered>> calls = new ArrayList<>();
      for (Question question : questions) {
        int choice = calls.size();
        var answering = new Answering(question, ticket, piece -> listener.onPiece(choice, piece));
        calls.add(
            () -> {
              Answered answered = answering.run();
              caller.allowance().spend(answered.counts().prompt() + answered.tokens());
              seeing.forEach(observer -> observer.answered(question, answered));
              Answered kept = answered.keptAs(keeper.keep(caller, question, answered));
              listener.onEnd(choice, kept);
              return kept;
            });
      }
      return InFlight.results(calls.size(), calls);
    }
  }
}
