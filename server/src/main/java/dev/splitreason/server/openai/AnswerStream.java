package dev.splitreason.server.openai;

import dev.splitreason.core.piece.Piece;
import dev.splitreason.server.answer.Answered;
import dev.splitreason.server.answer.Answers;
import dev.splitreason.server.answer.Question;
import dev.splitreason.server.http.EventStream;
import dev.splitreason.server.limit.Caller;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers as they grow, as events of OpenAI's completions. */
final class AnswerStream {

  private static final String DONE = "[DONE]";

  private final EventStream events;
  private final Shape shape;

  /** The documents of a kind of completion. */
  interface Shape {

    /** What comes before all pieces of an answer; null for nothing. */
    @Nullable Object begins(int choice);

    Object piece(int choice, Piece piece);

    Object ends(int choice, Answered answered);

    /** What comes after all answers; null for nothing. */
    @Nullable Object usage(List<Answered> answers);
  }

  AnswerStream(EventStream events, Shape shape) {
    this.events = events;
    this.shape = shape;
  }

  /** Answers; a failure is told by its status, or by an event once something was written. */
  void answer(Answers answers, Caller caller, List<Question> questions)
      throws InterruptedException {
    events.answering(
        () -> {
          List<Answered> answered = answers.to(caller, questions, new Events(questions.size()));
          Object usage = shape.usage(answered);
          if (usage != null) {
            events.data(usage);
          }
          events.word(DONE);
        },
        (stream, refusal) -> stream.data(ErrorDocument.of(refusal)));
  }

  private final class Events implements Answers.Listener {

    private final boolean[] begun;

    Events(int choices) {
      this.begun = new boolean[choices];
    }

    @Override
    public void onPiece(int choice, Piece piece) {
      begin(choice);
      events.data(shape.piece(choice, piece));
    }

    @Override
    public void onEnd(int choice, Answered answered) {
      begin(choice);
      events.data(shape.ends(choice, answered));
    }

    private void begin(int choice) {
      if (!begun[choice]) {
        begun[choice] = true;
        Object begins = shape.begins(choice);
        if (begins != null) {
          events.data(begins);
        }
      }
    }
  }
}
