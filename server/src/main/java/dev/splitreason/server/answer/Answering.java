package dev.splitreason.server.answer;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.piece.Piece;
import dev.splitreason.core.piece.PieceCutter;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.prompt.Prompt;
import dev.splitreason.core.prompt.PromptTemplate;
import dev.splitreason.core.prompt.Thinking;
import dev.splitreason.core.split.Pair;
import dev.splitreason.core.split.SplitDecoder;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.TraceListener;
import dev.splitreason.core.trace.Usage;
import dev.splitreason.server.answer.Answered.Finish;
import dev.splitreason.server.answer.Question.Opening;
import dev.splitreason.server.limit.AnswerQueue;
import dev.splitreason.server.logprob.AnswerScorer;
import dev.splitreason.server.logprob.Logprobs;
import dev.splitreason.server.logprob.ScoredToken;
import dev.splitreason.server.logprob.WantedLogprobs;
import dev.splitreason.server.logprob.WrittenToken;
import dev.splitreason.server.prefix.ReusingModel;
import dev.splitreason.server.work.WorkLog;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One answer to a {@link Question}: waits for its turn, decodes, and gives the pieces out. */
public final class Answering {

  private final Question question;
  private final AnswerQueue.Ticket ticket;
  private final PieceCutter cutter;
  private final Prompt prompt;
  private final Pair pair;
  private final LanguageModel first;
  private final @Nullable AnswerScorer scorer;
  private final List<WrittenToken> written = new ArrayList<>();
  private final WorkLog work = new WorkLog();
  private long began;
  private long firstToken;
  private int pieces;
  private int reasoningPieces;

  /**
   * An answer that has not begun.
   *
   * @param ticket lets it in
   * @param sink is given the pieces, on the thread that runs the answer
   * @throws dev.splitreason.core.error.UserMistake if the pair's templates have no place for the
   *     conversation
   * @throws dev.splitreason.server.error.Refusal if its models cannot tell the logarithms of
   *     probabilities that are wanted
   */
  public Answering(Question question, AnswerQueue.Ticket ticket, Consumer<Piece> sink) {
    this.question = question;
    this.ticket = ticket;
    Pair asked = pairFor(question);
    this.pair = work.watching(asked);
    Policy policy = question.options().policy();
    boolean large = policy instanceof Policy.LargeOnly;
    this.first = large ? asked.large() : policy.usesTags() ? asked.small() : asked.untagged();
    PromptTemplate template = large ? pair.largeTemplate() : pair.smallTemplate();
    this.prompt = template.render(messages(question), policy.usesTags());
    WantedLogprobs wanted = question.logprobs();
    this.scorer =
        wanted == null ? null : new AnswerScorer(question.pair().open().pair(), policy, wanted);
    boolean chat = question.opening() instanceof Opening.Chat;
    boolean thinking = Thinking.isOpen(prompt);
    this.cutter =
        new PieceCutter(
            question.keepsTags() ? null : pair.tags(), chat, thinking, question.stops(), sink);
  }

  /**
   * Answers.
   *
   * @throws InterruptedException if the thread is interrupted before the answer begins; later, the
   *     answer ends where it is and is cancelled
   */
  public Answered run() throws InterruptedException {
    long asked = System.nanoTime();
    try (AnswerQueue.Slot _ = ticket.await()) {
      began = System.nanoTime();
      work.begin();
      Trace trace = decode();
      // A text that ends an answer stops its thread, which goes on from here as any other.
      boolean _ = Thread.interrupted();
      cutter.finish();
      return new Answered(
          trace,
          cutter.texts(),
          finish(trace),
          counts(trace),
          work.works(),
          (began - asked) / 1e9,
          firstToken == 0 ? null : (firstToken - began) / 1e9,
          logprobs(),
          null);
    }
  }

  private Trace decode() {
    WantedLogprobs wanted = question.logprobs();
    if (wanted != null && !wanted.writes()) {
      return new Trace(
          List.of(),
          new Usage(0, 0, 0, 0, 0),
          FinishReason.LENGTH,
          false,
          null,
          0,
          List.of(),
          pair.spans());
    }
    return new SplitDecoder(pair).decode(messages(question), question.options(), new Growing());
  }

  /** Sees the answer grow. */
  private final class Growing implements TraceListener {

    @Override
    public void onText(Author author, String text) {
      wrote(author, text);
    }

    @Override
    public void onToken(Author author, Token token, boolean tag) {
      if (scorer != null) {
        written.add(new WrittenToken(author, token, tag));
      }
    }
  }

  private @Nullable Logprobs logprobs() throws InterruptedException {
    WantedLogprobs wanted = question.logprobs();
    if (scorer == null || wanted == null) {
      return null;
    }
    List<ScoredToken> ofPrompt = List.of();
    if (wanted.ofPrompt()) {
      int added = question.opening() instanceof Opening.Raw(var raw) ? raw.addedTokens(first) : 0;
      ofPrompt = scorer.prompt(prompt, added);
    }
    return new Logprobs(ofPrompt, scorer.answer(smallPrompt(), largePrompt(), written));
  }

  private Prompt smallPrompt() {
    boolean hinted = question.options().policy().usesTags();
    return pair.smallTemplate().render(messages(question), hinted);
  }

  /** As the decoder gives it: the large model goes on where the small one's thinking is. */
  private Prompt largePrompt() {
    Prompt large = pair.largeTemplate().render(messages(question), false);
    boolean alone = question.options().policy() instanceof Policy.LargeOnly;
    return alone ? large : Thinking.alike(smallPrompt(), large);
  }

  private void wrote(Author author, String text) {
    if (firstToken == 0) {
      firstToken = System.nanoTime();
    }
    pieces++;
    cutter.write(author, text);
    if (cutter.reasons()) {
      reasoningPieces = pieces;
    }
    if (cutter.stoppedBy() != null) {
      Thread.currentThread().interrupt();
    }
  }

  private Finish finish(Trace trace) {
    String stop = cutter.stoppedBy();
    if (stop != null) {
      return new Finish(Finish.Reason.STOP, stop);
    }
    return new Finish(
        switch (trace.finishReason()) {
          case STOP -> Finish.Reason.STOP;
          case LENGTH -> Finish.Reason.LENGTH;
          case TIMEOUT -> Finish.Reason.TIMEOUT;
          case CANCELLED -> Finish.Reason.CANCELLED;
        },
        null);
  }

  private Answered.Counts counts(Trace trace) {
    int prompt = promptTokens(trace);
    int cached = Math.min(prompt, ReusingModel.reusedBy(first));
    return new Answered.Counts(prompt, cached, reasoningTokens(trace));
  }

  /** A token is a piece of text, but for those that end within a character. */
  private int reasoningTokens(Trace trace) {
    int kept = trace.usage().smallTokens() + trace.usage().largeTokens();
    return pieces == 0 ? 0 : Math.round((float) kept * reasoningPieces / pieces);
  }

  private int promptTokens(Trace trace) {
    Tokenizer tokenizer = first.tokenizer();
    if (tokenizer != null) {
      return tokenizer.tokens(prompt).length;
    }
    // A model that tells no ids has counted what it was given: the prompt, and the other's words.
    boolean large = question.options().policy() instanceof Policy.LargeOnly;
    return large
        ? trace.usage().largePrefilled()
        : Math.max(0, trace.usage().smallPrefilled() - trace.usage().largeTokens());
  }

  private static Pair pairFor(Question question) {
    Pair pair = question.pair().reusing(question.conversation());
    return switch (question.opening()) {
      case Opening.Chat _ -> pair;
      case Opening.Raw(RawPrompt prompt) ->
          new Pair(
              pair.small(),
              prompt.templateFor(pair.small()),
              pair.large(),
              prompt.templateFor(pair.large()),
              pair.base(),
              pair.spans());
    };
  }

  private static List<Message> messages(Question question) {
    return switch (question.opening()) {
      case Opening.Chat(List<Message> messages) -> messages;
      case Opening.Raw _ -> List.of();
    };
  }
}
