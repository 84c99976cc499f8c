package dev.splitreason.server.ollama;

import dev.splitreason.core.piece.Channel;
import dev.splitreason.core.piece.Piece;
import dev.splitreason.pairs.config.ModelSettings;
import dev.splitreason.server.access.KeyFilter;
import dev.splitreason.server.answer.Answered;
import dev.splitreason.server.answer.Answers;
import dev.splitreason.server.answer.Question;
import dev.splitreason.server.answer.Question.Opening;
import dev.splitreason.server.answer.RawPrompt;
import dev.splitreason.server.http.Body;
import dev.splitreason.server.http.EventStream;
import dev.splitreason.server.http.Reply;
import dev.splitreason.server.limit.Caller;
import dev.splitreason.server.pair.ServedPair;
import dev.splitreason.server.request.Asked;
import dev.splitreason.server.request.Asking;
import dev.splitreason.server.request.Unsupported;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;

/** {@code /api/chat}, {@code /api/generate} and {@code /api/tags}, as Ollama has them. */
public final class OllamaRoutes {

  /** Of the protocol that is spoken here: thinking is told apart since 0.9. */
  private static final String VERSION = "0.9.0";

  private final Asking asking;
  private final Answers answers;

  /** Routes to these answers. */
  public OllamaRoutes(Asking asking, Answers answers) {
    this.asking = asking;
    this.answers = answers;
  }

  private record Version(String version) {}

  private record Tags(List<Tag> models) {}

  private record Tag(
      String name, String model, String modifiedAt, long size, String digest, Details details) {

    static Tag of(ServedPair pair) {
      String name = pair.name() + ":latest";
      long size = bytes(pair.settings().small()) + bytes(pair.settings().large());
      return new Tag(name, name, pair.created().toString(), size, "", Details.PAIR);
    }

    private static long bytes(ModelSettings model) {
      return model.location().bytes();
    }
  }

  private record Details(String format, String family, List<String> families) {
    static final Details PAIR = new Details("gguf", "splitreason", List.of("splitreason"));
  }

  /** {@code POST /api/chat}. */
  public void chat(ServerRequest request, ServerResponse response) throws InterruptedException {
    Body body = Body.of(request);
    OllamaFields fields = fields(body);
    answer(request, response, fields, new Opening.Chat(fields.conversation().conversation()), true);
  }

  /** {@code POST /api/generate}. */
  public void generate(ServerRequest request, ServerResponse response) throws InterruptedException {
    Body body = Body.of(request);
    OllamaFields fields = fields(body);
    String prompt = fields.prompt() == null ? "" : fields.prompt();
    Opening opening =
        fields.isRaw()
            ? new Opening.Raw(RawPrompt.ofText(prompt))
            : new Opening.Chat(fields.conversation().conversation());
    answer(request, response, fields, opening, false);
  }

  /** {@code GET /api/tags}. */
  public void tags(ServerRequest request, ServerResponse response) {
    Reply.json(response, new Tags(asking.pairs().all().stream().map(Tag::of).toList()));
  }

  /** {@code GET /api/version}. */
  public void version(ServerRequest request, ServerResponse response) {
    Reply.json(response, new Version(VERSION));
  }

  private static OllamaFields fields(Body body) {
    Unsupported.refuse(body);
    Unsupported.refuseLogprobs(body);
    Unsupported.refuse(body, "format", "images", "suffix", "template", "context");
    return body.as(OllamaFields.class);
  }

  private void answer(
      ServerRequest request,
      ServerResponse response,
      OllamaFields fields,
      Opening opening,
      boolean chat)
      throws InterruptedException {
    Asked asked = asking.read(fields.request(), fields.draws(), fields.length(), null);
    List<Question> questions = asked.questions(opening);
    Caller caller = KeyFilter.caller(request);
    String model = asked.model().name();
    if (fields.streams()) {
      EventStream lines = EventStream.ofLines(response);
      lines.answering(
          () -> answers.to(caller, questions, new Lines(lines, model, chat, fields.thinks())),
          (stream, refusal) -> stream.line(OllamaError.of(refusal)));
    } else {
      Answered answered = answers.to(caller, questions, Answers.Listener.NONE).getFirst();
      Reply.json(response, OllamaReply.whole(model, chat, answered, fields.thinks()));
    }
  }

  private record Lines(EventStream lines, String model, boolean chat, boolean thinks)
      implements Answers.Listener {

    @Override
    public void onPiece(int choice, Piece piece) {
      if (thinks || piece.channel() == Channel.ANSWER) {
        lines.line(OllamaReply.piece(model, chat, piece));
      }
    }

    @Override
    public void onEnd(int choice, Answered answered) {
      lines.line(OllamaReply.end(model, chat, answered));
    }
  }
}
