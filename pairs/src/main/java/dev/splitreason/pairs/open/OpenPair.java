package dev.splitreason.pairs.open;

import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.split.Pair;
import dev.splitreason.core.split.SplitDecoder;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.TraceListener;
import dev.splitreason.files.trace.RecordedAnswer;
import dev.splitreason.pairs.config.PairSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pair that answers: those of its models run that are needed. Thread-safe; closing it closes the
 * models.
 */
public final class OpenPair implements AutoCloseable {

  private final Pair pair;
  private final @Nullable OpenModel small;
  private final @Nullable OpenModel base;
  private final @Nullable OpenModel large;
  private final int answersAtOnce;
  private final SplitOptions usual;

  OpenPair(
      Pair pair,
      @Nullable OpenModel small,
      @Nullable OpenModel base,
      @Nullable OpenModel large,
      int answersAtOnce,
      SplitOptions usual) {
    this.pair = pair;
    this.small = small;
    this.base = base;
    this.large = large;
    this.answersAtOnce = answersAtOnce;
    this.usual = usual;
  }

  /**
   * Opens the models that a workload needs, all at the same time.
   *
   * @throws ModelException if a model cannot be loaded
   * @throws dev.splitreason.core.error.UserMistake if a template or an API key is not there
   * @throws InterruptedException if the calling thread is interrupted; a model that is being loaded
   *     is closed as soon as it is there
   */
  public static OpenPair open(PairSettings settings, Workload work) throws InterruptedException {
    return new PairOpening(settings, work).open();
  }

  /** The same open pair, which answers so unless asked otherwise. */
  public OpenPair answering(SplitOptions options) {
    return new OpenPair(pair, small, base, large, answersAtOnce, options);
  }

  /**
   * Answers a question as usual.
   *
   * @throws ModelException if the small model fails, or the question does not fit its context
   */
  public Trace ask(String question) {
    return ask(question, usual);
  }

  /**
   * Answers a question.
   *
   * @throws ModelException if the small model fails, or the question does not fit its context
   * @throws IllegalArgumentException if the pair cannot do what the options ask for
   */
  public Trace ask(String question, SplitOptions options) {
    return ask(question, options, TraceListener.NONE);
  }

  /**
   * Answers a question, while a listener sees the answer grow. When the calling thread is
   * interrupted, the answer ends where it is and is cancelled.
   *
   * @throws ModelException if the small model fails, or the question does not fit its context
   * @throws IllegalArgumentException if the pair cannot do what the options ask for
   */
  public Trace ask(String question, SplitOptions options, TraceListener listener) {
    return ask(List.of(Message.user(question)), options, listener);
  }

  /** Answers a conversation, whose last message is the user's. */
  public Trace ask(List<Message> conversation, SplitOptions options, TraceListener listener) {
    return new SplitDecoder(pair).decode(conversation, options, listener);
  }

  /**
   * An answer of this pair with everything that is needed to understand it later.
   *
   * @param id unique among recorded answers
   * @param options how it was answered
   */
  public RecordedAnswer recorded(String id, String question, SplitOptions options, Trace trace) {
    Policy policy = options.policy();
    OpenModel untagged = base == null ? small : base;
    OpenModel first = policy.usesTags() ? small : untagged;
    return new RecordedAnswer(
        id,
        question,
        policy instanceof Policy.LargeOnly || first == null ? null : first.used(),
        policy instanceof Policy.SmallOnly || large == null ? null : large.used(),
        options,
        trace);
  }

  /** As many answers under way as memory has room for, at most those that it was opened for. */
  public int answersAtOnce() {
    return answersAtOnce;
  }

  /** How it answers unless asked otherwise. */
  public SplitOptions options() {
    return usual;
  }

  /** For the decoder; where one side is not needed, the model of the other stands there too. */
  public Pair pair() {
    return pair;
  }

  /** The model that writes tags, or null if it was not needed. */
  public @Nullable OpenModel small() {
    return small;
  }

  /** The small model before it learned to offload, or null if there is none or no need of it. */
  public @Nullable OpenModel base() {
    return base;
  }

  /** The model that writes the spans, or null if it was not needed. */
  public @Nullable OpenModel large() {
    return large;
  }

  @Override
  public void close() {
    pair.close();
  }
}
