package dev.splitreason.server.responses;

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
import dev.splitreason.server.openai.ErrorDocument;
import dev.splitreason.server.request.Asked;
import dev.splitreason.server.request.Asking;
import dev.splitreason.server.request.DrawFields;
import dev.splitreason.server.request.Unsupported;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** {@code POST /v1/responses}: text in, reasoning and text out. */
public final class ResponsesRoute implements Guarded.Route {

  private final Asking asking;
  private final Answers answers;

  /** A route to these answers. */
  public ResponsesRoute(Asking asking, Answers answers) {
    this.asking = asking;
    this.answers = answers;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) throws InterruptedException {
    Body body = Body.of(request);
    Unsupported.refuse(body);
    Unsupported.refuseLogprobs(body);
    Unsupported.refuse(body, "previous_response_id", "conversation", "prompt", "include");
    ResponsesFields fields = body.as(ResponsesFields.class);
    Asked asked = asking.read(fields.request(), body.as(DrawFields.class), fields.length(), null);
    List<Question> questions =
        asked.questions(new Opening.Chat(fields.conversation().conversation()));
    Caller caller = KeyFilter.caller(request);
    ResponseDocument begun = ResponseDocument.begun(asked, fields.instructions());
    if (fields.streams()) {
      EventStream events = EventStream.ofEvents(response);
      events.answering(
          () -> answers.to(caller, questions, new ResponseEvents(events, begun)),
          (stream, refusal) -> stream.event("error", ErrorDocument.of(refusal)));
    } else {
      Answered answered = answers.to(caller, questions, Answers.Listener.NONE).getFirst();
      Reply.json(response, begun.ended(answered));
    }
  }
}
