package dev.splitreason.core.split;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.policy.TurnTaking;
import dev.splitreason.core.policy.TurnTaking.LastEnd;
import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.prompt.Prompt;
import dev.splitreason.core.prompt.Thinking;
import dev.splitreason.core.sampling.CounterRandom;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.Recorder.Timed;
import dev.splitreason.core.tag.TagEvent;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.TraceListener;
import dev.splitreason.core.vocabulary.Exchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One answer while it is written: what both kinds of turns share. It has each model's view of the
 * answer, and what is kept of it so far.
 */
final class Answer implements AutoCloseable {

  private final Pair pair;
  private final SplitOptions options;
  private final Recorder recorder;
  private final Exchange exchange;
  private final View small;
  private final View large;
  private final TagTokens tags;
  private final Sampling largeSampling;
  private final Looks looks;
  private @Nullable String degradedBecause;

  /** What waits to be judged; null outside of a draft. */
  private @Nullable List<Drafted> draft;

  /**
   * A token that waits to be judged.
   *
   * @param own whether the large model is not to see it
   */
  private record Drafted(Timed timed, boolean own) {}

  Answer(Pair pair, SplitOptions options, TraceListener listener) {
    this.pair = pair;
    this.options = options;
    this.recorder = new Recorder(pair.spans(), listener);
    LanguageModel smallModel = options.policy().usesTags() ? pair.small() : pair.untagged();
    this.exchange = Exchange.between(smallModel.tokenizer(), pair.large().tokenizer());
    // A model that the policy gives no turn is not even opened, unless the other one fails.
    boolean bothWrite =
        !(options.policy() instanceof Policy.SmallOnly
            || options.policy() instanceof Policy.LargeOnly);
    int warmChunk = options.pipelined() && bothWrite ? pair.chunk() : Integer.MAX_VALUE;
    this.small = new View(smallModel, exchange.otherToOne(), warmChunk);
    this.large = new View(pair.large(), exchange.oneToOther(), warmChunk);
    this.tags = new TagTokens(smallModel, pair.tags());
    Sampling seeded = options.sampling().withSeed(CounterRandom.bits(options.sampling().seed(), 1));
    this.looks = new Looks(pair.chunk());
    this.largeSampling = new TagTokens(pair.large(), pair.tags()).withoutTags(seeded);
  }

  /** Gives both models their prompt. */
  void read(List<Message> conversation) {
    boolean hinted = options.policy().usesTags();
    Prompt first = pair.smallTemplate().render(conversation, hinted);
    Prompt second = pair.largeTemplate().render(conversation, false);
    boolean oneBegins = !(options.policy() instanceof Policy.LargeOnly);
    small.begin(first);
    large.begin(oneBegins ? Thinking.alike(first, second) : second);
  }

  // ---- what a turn works with ----

  Pair pair() {
    return pair;
  }

  View small() {
    return small;
  }

  View large() {
    return large;
  }

  /** Whether what one model writes reaches the other as token ids. */
  boolean exchangesIds() {
    return exchange.byIds();
  }

  /** The tags as the small model writes them; the large one knows none. */
  TagTokens tags() {
    return tags;
  }

  /** How the small model draws. */
  Sampling sampling() {
    return options.sampling();
  }

  double offloadBias() {
    return options.offloadBias();
  }

  /** How the large model draws: with a seed of its own, and no tags. */
  Sampling largeSampling() {
    return largeSampling;
  }

  boolean pipelined() {
    return options.pipelined();
  }

  /** When the small model looks at spans. */
  Looks looks() {
    return looks;
  }

  Duration largeTimeout() {
    return options.largeTimeout();
  }

  // ---- what is kept ----

  /** Keeps what the small model wrote, and shows it to the large one. */
  void keepSmall(Timed timed) {
    if (draft != null) {
      draft.add(new Drafted(timed, false));
      return;
    }
    recorder.write(Author.SMALL, timed, false);
    large.offer(List.of(timed.token()));
  }

  /** Keeps a tag, or a part of one, which the large model is not shown. */
  void keepSmallsOwn(Timed timed) {
    if (draft != null) {
      draft.add(new Drafted(timed, true));
      return;
    }
    recorder.write(Author.SMALL, timed, true);
  }

  /**
   * From here on what the small model writes waits for {@link #keepDraft} or {@link #dropDraft}.
   */
  void beginDraft() {
    draft = new ArrayList<>();
  }

  /** What waits, as the small model has it. */
  List<Token> drafted() {
    return waiting().stream().map(drafted -> drafted.timed().token()).toList();
  }

  /**
   * Keeps what waits.
   *
   * @param largeHasRead whether the large model has it already
   */
  void keepDraft(boolean largeHasRead) {
    List<Drafted> kept = waiting();
    draft = null;
    for (Drafted drafted : kept) {
      if (drafted.own()) {
        keepSmallsOwn(drafted.timed());
      } else if (largeHasRead) {
        recorder.write(Author.SMALL, drafted.timed(), false);
      } else {
        keepSmall(drafted.timed());
      }
    }
  }

  /** Counts what waits as written in vain. */
  void dropDraft() {
    recorder.reject(waiting().size());
    draft = null;
  }

  private List<Drafted> waiting() {
    return draft == null ? List.of() : draft;
  }

  /** Keeps what the large model wrote. */
  void keepLarge(Timed timed) {
    recorder.write(Author.LARGE, timed, false);
  }

  /** Counts what the large model wrote in vain. */
  void discardLarge(int tokens) {
    recorder.discard(tokens);
  }

  /**
   * Closes a span with the tag if the token budget has room for it.
   *
   * @return whether the answer can go on: the tag is there, and the small model has read it
   */
  boolean closeSpan() throws InterruptedException {
    List<Token> tag = tags.tokens(TagEvent.Kind.CLOSE);
    if (tag.size() > left()) {
      return false;
    }
    tag.forEach(token -> keepSmallsOwn(Timed.now(token)));
    if (tag.size() > small.room()) {
      return false;
    }
    small.write(tag);
    return true;
  }

  // ---- how far it is ----

  /** Whether anything is written. */
  boolean begun() {
    return recorder.kept() > 0;
  }

  /** Tokens that the answer may still get. */
  int left() {
    return options.maxTokens() - recorder.kept() - waiting().size();
  }

  /** The most tokens of a turn that begins here. */
  int remaining() {
    return Math.max(1, left());
  }

  TurnTaking.Progress progress(LastEnd last) {
    return new TurnTaking.Progress(
        recorder.smallTokens(), recorder.largeTokens(), remaining(), last);
  }

  /** Why the answer ends here for want of tokens or time; null if it does not. */
  @Nullable FinishReason outOfBudget() {
    if (left() <= 0) {
      return FinishReason.LENGTH;
    }
    Duration taken = Duration.ofNanos((long) (recorder.seconds() * 1e9));
    return taken.compareTo(options.timeBudget()) < 0 ? null : FinishReason.TIMEOUT;
  }

  /** Gives the large model up. */
  void degrade(String because) {
    degradedBecause = because;
    large.close();
  }

  /** Whether the small model goes on alone because the large one has failed. */
  boolean degraded() {
    return degradedBecause != null;
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
