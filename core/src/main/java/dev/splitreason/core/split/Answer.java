package dev.splitreason.core.split;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.StopCondition;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.policy.Turn;
import dev.splitreason.core.policy.TurnTaking;
import dev.splitreason.core.policy.TurnTaking.LastEnd;
import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.sampling.CounterRandom;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.Recorder.Timed;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.TraceListener;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answer while it is written: both models' views of it, and a turn of each as {@link
 * SplitDecoder} asks for it.
 */
final class Answer implements AutoCloseable {

  private final Pair pair;
  private final SplitOptions options;
  private final Recorder recorder;
  private final LanguageModel smallModel;
  private final boolean sharesIds;
  private final View small;
  private final View large;
  private final TagTokens smallTags;
  private final TagTokens largeTags;
  private final Sampling largeSampling;
  private LastEnd lastEnd = LastEnd.LIMIT;
  private @Nullable String degradedBecause;

  Answer(Pair pair, SplitOptions options, TraceListener listener) {
    this.pair = pair;
    this.options = options;
    this.recorder = new Recorder(listener);
    this.smallModel = options.policy().usesTags() ? pair.small() : pair.untagged();
    this.sharesIds = shareIds(smallModel, pair.large());
    // A model that the policy gives no turn is not even opened, unless the other one fails.
    boolean bothWrite =
        !(options.policy() instanceof Policy.SmallOnly
            || options.policy() instanceof Policy.LargeOnly);
    int warmChunk = options.pipelined() && bothWrite ? pair.chunk() : Integer.MAX_VALUE;
    this.small = new View(smallModel, sharesIds, warmChunk);
    this.large = new View(pair.large(), sharesIds, warmChunk);
    this.smallTags = TagTokens.of(smallModel, pair.tags());
    this.largeTags = TagTokens.of(pair.large(), pair.tags());
    this.largeSampling =
        largeTags.withoutTags(
            options.sampling().withSeed(CounterRandom.bits(options.sampling().seed(), 1)));
  }

  private static boolean shareIds(LanguageModel one, LanguageModel other) {
    Tokenizer first = one.tokenizer();
    Tokenizer second = other.tokenizer();
    return first != null
        && second != null
        && (first == second || first.fingerprint().equals(second.fingerprint()));
  }

  /** Gives both models their prompt. */
  void read(List<Message> conversation) {
    boolean hinted = options.policy().usesTags();
    small.begin(pair.smallTemplate().render(conversation, hinted));
    large.begin(pair.largeTemplate().render(conversation, false));
  }

  /** Why the answer ends here for want of tokens or time; null if it does not. */
  @Nullable FinishReason outOfBudget() {
    if (recorder.kept() >= options.maxTokens()) {
      return FinishReason.LENGTH;
    }
    return timeLeft().isPositive() ? null : FinishReason.TIMEOUT;
  }

  TurnTaking.Progress progress() {
    return new TurnTaking.Progress(
        recorder.smallTokens(), recorder.largeTokens(), remaining(), lastEnd);
  }

  /** Whether the large model has failed. */
  boolean degraded() {
    return degradedBecause != null;
  }

  /** The rest of a degraded answer. */
  Turn restAlone() {
    return Turn.Small.alone(remaining());
  }

  /**
   * Lets the small model write.
   *
   * @return why the answer ends with this turn; null if it goes on
   */
  @Nullable FinishReason smallWrites(Turn.Small turn) throws InterruptedException {
    try (Watchdog watchdog = new Watchdog(timeLeft(), timeLeft())) {
      try {
        small.catchUp();
        return smallTags.single() ? writeUntilTagToken(turn) : writeUntilTagText(turn);
      } catch (InterruptedException e) {
        if (watchdog.fired()) {
          return FinishReason.TIMEOUT;
        }
        throw e;
      }
    }
  }

  private @Nullable FinishReason writeUntilTagToken(Turn.Small turn) throws InterruptedException {
    Sampling sampling =
        turn.mayOpen()
            ? smallTags.withOpenTag(options.sampling(), options.offloadBias())
            : smallTags.withoutTags(options.sampling());
    boolean[] opened = {false};
    Decoded decoded =
        small
            .session()
            .decode(
                smallRequest(turn, sampling, smallTags::opens),
                token -> {
                  opened[0] = smallTags.opens(token);
                  keepSmall(Timed.now(token), !opened[0]);
                });
    return afterSmall(turn, decoded.end(), opened[0]);
  }

  private @Nullable FinishReason writeUntilTagText(Turn.Small turn) throws InterruptedException {
    Session session = small.session();
    int start = session.length();
    TagScan scan = new TagScan(pair.tags());
    TagScan stopScan = new TagScan(pair.tags());
    Sampling sampling =
        turn.mayOpen()
            ? smallTags.withOpenTag(options.sampling(), options.offloadBias())
            : options.sampling();
    StopCondition atTag =
        token -> {
          stopScan.accept(Timed.now(token));
          return stopScan.opened();
        };
    Decoded decoded =
        session.decode(
            smallRequest(turn, sampling, atTag),
            token -> keepSettled(scan.accept(Timed.now(token))));
    if (!scan.opened()) {
      keepSettled(scan.finish());
      return afterSmall(turn, decoded.end(), false);
    }
    List<Token> tag = scan.tagTokens();
    if (tag.isEmpty()) {
      // A token spans a border of the tag: spell that place anew, so that both views agree on it.
      session.truncate(start + scan.settledCount());
      respell(session, scan.textBeforeTag());
      tag = smallTags.appendOpen(session);
    }
    tag.forEach(token -> keepSmall(Timed.now(token), false));
    return afterSmall(turn, decoded.end(), true);
  }

  private void keepSettled(List<TagScan.Settled> tokens) {
    tokens.forEach(settled -> keepSmall(settled.timed(), !settled.inTag()));
  }

  private void respell(Session session, String text) throws InterruptedException {
    if (text.isEmpty()) {
      return;
    }
    session.append(text);
    Tokenizer tokenizer = session.model().tokenizer();
    if (tokenizer == null) {
      keepSmall(Timed.now(Token.ofText(text)), true);
      return;
    }
    for (int id : tokenizer.tokenize(text)) {
      keepSmall(Timed.now(tokenizer.token(id)), true);
    }
  }

  private DecodeRequest smallRequest(Turn.Small turn, Sampling sampling, StopCondition atTag) {
    // A turn does not end inside a character, which takes four tokens at most.
    int most = (int) Math.min(turn.limit() + 3L, remaining());
    WholeCharacters limit = new WholeCharacters(turn.limit());
    return DecodeRequest.upTo(most, sampling)
        .withStop(token -> atTag.stopAfter(token) | limit.stopAfter(token))
        .withMaxEntropy(turn.maxEntropy());
  }

  private @Nullable FinishReason afterSmall(Turn.Small turn, Decoded.End end, boolean opened)
      throws InterruptedException {
    if (opened && !turn.mayOpen()) {
      // Only a model whose tags cannot be forbidden gets here: the span stays empty.
      closeWithTag();
    }
    lastEnd =
        opened && turn.mayOpen()
            ? LastEnd.OPENED
            : end == Decoded.End.UNCERTAIN ? LastEnd.UNCERTAIN : LastEnd.LIMIT;
    return switch (end) {
      case END_OF_TEXT -> FinishReason.STOP;
      case CONTEXT_FULL -> FinishReason.LENGTH;
      case STOPPED, MAX_TOKENS, UNCERTAIN -> null;
    };
  }

  /**
   * Lets the large model write.
   *
   * @return why the answer ends with this turn; null if it goes on
   */
  @Nullable FinishReason largeWrites(Turn.Large turn) throws InterruptedException {
    lastEnd = LastEnd.LIMIT;
    SpanReader reader = spanReader(turn.close());
    try (Span span = new Span(large, small, recorder, reader, pair, options.pipelined())) {
      Span.End end = span.write(turn.limit(), largeSampling, options.largeTimeout(), timeLeft());
      if (turn.close() instanceof Turn.Close.AtTag) {
        closeWithTag();
      }
      degradedBecause = end.failure();
      return end.finish();
    }
  }

  private @Nullable SpanReader spanReader(Turn.Close close) throws InterruptedException {
    return switch (close) {
      case Turn.Close.Never() -> null;
      case Turn.Close.WhenCertain(double threshold) ->
          scoringReader(CloseTest.whenCertain(threshold));
      case Turn.Close.AtTag() ->
          !smallModel.capabilities().scoring()
              ? new ProbingSpanReader(small, smallTags, options.sampling())
              : scoringReader(
                  smallTags.single()
                      ? CloseTest.atToken(smallTags, options.sampling())
                      : CloseTest.atSpelling(smallTags, options.sampling()));
    };
  }

  private SpanReader scoringReader(CloseTest test) throws InterruptedException {
    small.catchUp();
    return sharesIds ? new IdSpanReader(small, test) : new TextSpanReader(small, test);
  }

  private void closeWithTag() throws InterruptedException {
    smallTags.appendClose(small.session()).forEach(token -> keepSmall(Timed.now(token), false));
  }

  private void keepSmall(Timed timed, boolean visibleToLarge) {
    recorder.write(Author.SMALL, timed);
    if (visibleToLarge) {
      large.offer(List.of(timed.token()));
    }
  }

  private int remaining() {
    return Math.max(1, options.maxTokens() - recorder.kept());
  }

  private Duration timeLeft() {
    return options.timeBudget().minusNanos((long) (recorder.seconds() * 1e9));
  }

  /** The finished answer. */
  Trace finished(FinishReason reason) {
    return recorder.trace(reason, degradedBecause, small.prefilled(), large.prefilled());
  }

  @Override
  public void close() {
    small.close();
    large.close();
  }
}
