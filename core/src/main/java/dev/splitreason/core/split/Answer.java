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
import dev.splitreason.core.tag.TagEvent;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.TraceListener;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
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
    this.recorder = new Recorder(pair.spans(), listener);
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
        && (first.equals(second) || first.fingerprint().equals(second.fingerprint()));
  }

  /** Gives both models their prompt. */
  void read(List<Message> conversation) {
    boolean hinted = options.policy().usesTags();
    small.begin(pair.smallTemplate().render(conversation, hinted));
    large.begin(pair.largeTemplate().render(conversation, false));
  }

  /** Whether anything is written. */
  boolean begun() {
    return recorder.kept() > 0;
  }

  /** Why the answer ends here for want of tokens or time; null if it does not. */
  @Nullable FinishReason outOfBudget() {
    if (recorder.kept() >= options.maxTokens()) {
      return FinishReason.LENGTH;
    }
    Duration taken = Duration.ofNanos((long) (recorder.seconds() * 1e9));
    return taken.compareTo(options.timeBudget()) < 0 ? null : FinishReason.TIMEOUT;
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
    small.catchUp();
    return smallTags.single() ? writeUntilTagToken(turn) : writeUntilTagText(turn);
  }

  private @Nullable FinishReason writeUntilTagToken(Turn.Small turn) throws InterruptedException {
    Sampling sampling =
        turn.mayOpen()
            ? smallTags.withOpenTag(options.sampling(), options.offloadBias())
            : smallTags.withoutTags(options.sampling());
    boolean[] opened = {false};
    Decoded.End end =
        smallDecodes(
            turn,
            sampling,
            smallTags::opens,
            () -> true,
            token -> {
              opened[0] = smallTags.opens(token);
              keepSmall(Timed.now(token), !smallTags.isTag(token));
            });
    return afterSmall(turn, end, opened[0]);
  }

  private @Nullable FinishReason writeUntilTagText(Turn.Small turn) throws InterruptedException {
    Session session = small.session();
    int start = session.length();
    TagScan scan = new TagScan(pair.tags());
    TagScan ahead = new TagScan(pair.tags());
    Sampling sampling =
        turn.mayOpen()
            ? smallTags.withOpenTag(options.sampling(), options.offloadBias())
            : options.sampling();
    Decoded.End end =
        smallDecodes(
            turn,
            sampling,
            token -> {
              ahead.accept(Timed.now(token));
              return ahead.found() != null;
            },
            () -> !ahead.holding(),
            token -> keepText(scan.accept(Timed.now(token))));
    keepText(scan.finish());
    TagEvent.Tag tag = scan.found();
    if (tag == null) {
      return afterSmall(turn, end, false);
    }
    List<Token> tokens = scan.tokensOf(tag);
    if (tokens.isEmpty()) {
      // A token spans a border of the tag: spell that place anew, so that both views agree on it.
      session.truncate(start + scan.settledCount());
      List<Token> before = small.tokens(scan.textBefore(tag));
      tokens = smallTags.tokens(smallModel, tag.kind());
      if (recorder.kept() + before.size() + tokens.size() > options.maxTokens()) {
        return FinishReason.LENGTH;
      }
      small.append(before);
      small.append(tokens);
      before.forEach(token -> keepSmall(Timed.now(token), true));
    }
    // A stray close tag is the small model's alone; it goes on in another turn.
    tokens.forEach(token -> keepSmall(Timed.now(token), false));
    return afterSmall(turn, end, tag.kind() == TagEvent.Kind.OPEN);
  }

  private void keepText(List<Timed> tokens) {
    tokens.forEach(timed -> keepSmall(timed, true));
  }

  /**
   * Lets the small model decode a turn, which does not end inside a character, nor where {@code
   * mayEnd} does not let it, but for the end of the answer.
   */
  private Decoded.End smallDecodes(
      Turn.Small turn,
      Sampling sampling,
      StopCondition atTag,
      BooleanSupplier mayEnd,
      Consumer<Token> onToken)
      throws InterruptedException {
    WholeCharacters limit = new WholeCharacters(turn.limit());
    StopCondition stop =
        token -> {
          // Both count every token.
          boolean spelled = atTag.stopAfter(token);
          boolean full = limit.stopAfter(token);
          return spelled || (full && mayEnd.getAsBoolean());
        };
    DecodeRequest request = DecodeRequest.upTo(remaining(), sampling).withStop(stop);
    Decoded.End end =
        small.session().decode(request.withMaxEntropy(turn.maxEntropy()), onToken).end();
    if (end == Decoded.End.UNCERTAIN && limit.incomplete()) {
      limit.endSoon();
      DecodeRequest rest = DecodeRequest.upTo(remaining(), sampling).withStop(stop);
      end = small.session().decode(rest, onToken).end();
      return end == Decoded.End.STOPPED ? Decoded.End.UNCERTAIN : end;
    }
    return end;
  }

  private @Nullable FinishReason afterSmall(Turn.Small turn, Decoded.End end, boolean opened)
      throws InterruptedException {
    boolean handsOver = opened && turn.mayOpen();
    lastEnd =
        handsOver
            ? LastEnd.OPENED
            : end == Decoded.End.UNCERTAIN ? LastEnd.UNCERTAIN : LastEnd.LIMIT;
    if (opened && !handsOver && !closeWithTag()) {
      // Only a model whose tags cannot be forbidden gets here: the span stays empty.
      return FinishReason.LENGTH;
    }
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
    boolean tagged = turn.close() instanceof Turn.Close.AtTag;
    boolean fillsBudget = turn.limit() == remaining();
    int before = recorder.largeTokens();
    SpanReader reader = spanReader(turn.close());
    Span.End end;
    try (Span span = new Span(large, small, recorder, reader, pair, tagged, options.pipelined())) {
      end = span.write(turn.limit(), largeSampling, options.largeTimeout());
    }
    if (end.failure() != null) {
      degradedBecause = end.failure();
      large.close();
    }
    boolean room = !tagged || closeWithTag();
    // What is left of the limit may be less than the large model's next character takes.
    boolean nothing = recorder.largeTokens() == before && !tagged && !degraded();
    lastEnd = nothing ? LastEnd.NOTHING_KEPT : LastEnd.LIMIT;
    if (end.finish() != null) {
      return end.finish();
    }
    return room && !(nothing && fillsBudget) ? null : FinishReason.LENGTH;
  }

  private @Nullable SpanReader spanReader(Turn.Close close) throws InterruptedException {
    return switch (close) {
      case Turn.Close.Never() -> null;
      case Turn.Close.WhenCertain(double threshold) ->
          scoringReader(CloseTest.whenCertain(threshold));
      case Turn.Close.AtTag() ->
          !smallModel.capabilities().scoring()
              ? new ProbingSpanReader(small, smallTags, options.sampling(), pair.chunk())
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

  /** Closes a span if the token budget has room for the tag. */
  private boolean closeWithTag() throws InterruptedException {
    List<Token> tag = smallTags.tokens(smallModel, TagEvent.Kind.CLOSE);
    if (recorder.kept() + tag.size() > options.maxTokens()) {
      return false;
    }
    small.append(tag);
    tag.forEach(token -> keepSmall(Timed.now(token), false));
    return true;
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
