package dev.splitreason.server.anthropic;

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
import dev.splitreason.server.request.Asked;
import dev.splitreason.server.request.Asking;
import dev.splitreason.server.request.Unsupported;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.UUID;

/** {@code POST /v1/messages}. */
public final class MessagesRoute implements Guarded.Route {

  private final Asking asking;
  private final Answers answers;

  /** A route to these answers. */
  public MessagesRoute(Asking asking, Answers answers) {
    this.asking = asking;
    this.answers = answers;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) throws InterruptedException {
    Body body = Body.of(request);
    Unsupported.refuse(body);
    Unsupported.refuseLogprobs(body);
    MessagesFields fields = body.as(MessagesFields.class);
    Asked asked = asking.read(fields.request(), MessagesFields.draws(body), fields.length(), null);
    List<Question> questions =
        asked.questions(new Opening.Chat(fields.conversation().conversation()));
    String id = "msg_" + UUID.randomUUID().toString().replace("-", "");
    String model = asked.model().name();
    Caller caller = KeyFilter.caller(request);
    if (fields.streams()) {
      EventStream events = EventStream.ofEvents(response);
      events.answering(
          () ->
              answers.to(caller, questions, new MessageEvents(events, id, model, fields.thinks())),
          (stream, refusal) -> stream.event("error", MessagesError.of(refusal)));
    } else {
      Answered answered = answers.to(caller, questions, Answers.Listener.NONE).getFirst();
      Reply.json(response, MessageDocument.of(id, model, answered, fields.thinks()));
    }
  }
}
