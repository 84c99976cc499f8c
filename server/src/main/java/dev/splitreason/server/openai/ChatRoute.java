package dev.splitreason.server.openai;

import dev.splitreason.core.piece.Piece;
import dev.splitreason.server.access.KeyFilter;
import dev.splitreason.server.answer.Answered;
import dev.splitreason.server.answer.Answers;
import dev.splitreason.server.answer.Question;
import dev.splitreason.server.answer.Question.Opening;
import dev.splitreason.server.http.Body;
import dev.splitreason.server.http.EventStream;
import dev.splitreason.server.http.Guarded;
import dev.splitreason.server.http.Reply;
import dev.splitreason.server.limit.Caller;
import dev.splitreason.server.logprob.WantedLogprobs;
import dev.splitreason.server.request.Asked;
import dev.splitreason.server.request.Asking;
import dev.splitreason.server.request.ChatFields;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/chat/completions}. */
public final class ChatRoute implements Guarded.Route {

  private final Asking asking;
  private final Answers answers;

  /** A route to these answers. */
  public ChatRoute(Asking asking, Answers answers) {
    this.asking = asking;
    this.answers = answers;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) throws InterruptedException {
    Body body = Body.of(request);
    Asked asked = OpenAiBody.read(body, asking, null);
    Caller caller = KeyFilter.caller(request);
    WantedLogprobs logprobs = body.as(LogprobFields.class).ofChat();
    List<Question> questions =
        asked.questions(new Opening.Chat(body.as(ChatFields.class).conversation())).stream()
            .map(question -> question.withLogprobs(logprobs))
            .toList();
    Envelope envelope = Envelope.now("chatcmpl-", asked.model().name());
    if (asked.fields().streams()) {
      boolean usage = asked.fields().includesUsage();
      new AnswerStream(EventStream.ofEvents(response), new Chunks(envelope, usage))
          .answer(answers, caller, questions);
    } else {
      List<Answered> answered = answers.to(caller, questions, Answers.Listener.NONE);
      Reply.json(response, ChatCompletion.of(envelope, answered));
    }
  }

  private record Chunks(Envelope envelope, boolean includesUsage) implements AnswerStream.Shape {

    @Override
    public Object begins(int choice) {
      return ChatChunk.begins(envelope, choice);
    }

    @Override
    public Object piece(int choice, Piece piece) {
      return ChatChunk.of(envelope, choice, piece);
    }

    @Override
    public Object ends(int choice, Answered answered) {
      return ChatChunk.ends(envelope, choice, answered);
    }

    @Override
    public @Nullable Object usage(List<Answered> answers) {
      return includesUsage
          ? ChatChunk.usage(envelope, UsageDocument.of(answers, answers.size()))
          : null;
    }
  }
}
