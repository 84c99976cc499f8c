package dev.splitreason.server.openai;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.piece.Piece;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.split.Pair;
import dev.splitreason.server.access.KeyFilter;
import dev.splitreason.server.answer.Answered;
import dev.splitreason.server.answer.Answers;
import dev.splitreason.server.answer.Question;
import dev.splitreason.server.answer.Question.Opening;
import dev.splitreason.server.answer.RawPrompt;
import dev.splitreason.server.error.Refusal;
import dev.splitreason.server.http.Body;
import dev.splitreason.server.http.EventStream;
import dev.splitreason.server.http.Guarded;
import dev.splitreason.server.http.Reply;
import dev.splitreason.server.limit.Caller;
import dev.splitreason.server.logprob.WantedLogprobs;
import dev.splitreason.server.request.Asked;
import dev.splitreason.server.request.Asking;
import dev.splitreason.server.request.LengthFields;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/completions}: goes on from prompts as they are. */
public final class CompletionsRoute implements Guarded.Route {

  /** As OpenAI has it. */
  private static final int USUAL_TOKENS = 16;

  private final Asking asking;
  private final Answers answers;

  /** A route to these answers. */
  public CompletionsRoute(Asking asking, Answers answers) {
    this.asking = asking;
    this.answers = answers;
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) throws InterruptedException {
    Body body = Body.of(request);
    Asked asked = OpenAiBody.read(body, asking, USUAL_TOKENS);
    Caller caller = KeyFilter.caller(request);
    CompletionFields fields = body.as(CompletionFields.class);
    List<RawPrompt> prompts = fields.prompts(writer(asked));
    boolean writes = !body.as(LengthFields.class).scoresOnly();
    WantedLogprobs logprobs = body.as(LogprobFields.class).ofCompletion(fields.echoes(), writes);
    List<Question> questions = new ArrayList<>();
    List<String> echoed = new ArrayList<>();
    for (RawPrompt prompt : prompts) {
      for (Question question : asked.questions(new Opening.Raw(prompt))) {
        questions.add(question.withLogprobs(logprobs));
        echoed.add(fields.echoes() ? prompt.text() : "");
      }
    }
    if (questions.size() > asking.limits().choices()) {
      throw Refusal.invalid(
          "prompt",
          "a request may ask for "
              + asking.limits().choices()
              + " answers (prompts times n), not "
              + questions.size());
    }
    int toEach = asked.fields().choices();
    Envelope envelope = Envelope.now("cmpl-", asked.model().name());
    if (asked.fields().streams()) {
      boolean usage = asked.fields().includesUsage();
      new AnswerStream(EventStream.ofEvents(response), new Chunks(envelope, echoed, toEach, usage))
          .answer(answers, caller, questions);
    } else {
      List<Answered> answered = answers.to(caller, questions, Answers.Listener.NONE);
      Reply.json(response, TextCompletion.of(envelope, answered, echoed, toEach));
    }
  }

  /** The model whose token ids a client of this name has. */
  private static LanguageModel writer(Asked asked) {
    Pair pair = asked.model().pair().open().pair();
    return asked.options().policy() instanceof Policy.LargeOnly ? pair.large() : pair.small();
  }

  private record Chunks(Envelope envelope, List<String> echoed, int toEach, boolean includesUsage)
      implements AnswerStream.Shape {

    @Override
    public @Nullable Object begins(int choice) {
      String echo = echoed.get(choice);
      return echo.isEmpty() ? null : TextCompletion.echo(envelope, choice, echo);
    }

    @Override
    public Object piece(int choice, Piece piece) {
      return TextCompletion.of(envelope, choice, piece);
    }

    @Override
    public Object ends(int choice, Answered answered) {
      return TextCompletion.ends(envelope, choice, answered, echoed.get(choice));
    }

    @Override
    public @Nullable Object usage(List<Answered> answers) {
      return includesUsage
          ? TextCompletion.usage(envelope, UsageDocument.of(answers, toEach))
          : null;
    }
  }
}
