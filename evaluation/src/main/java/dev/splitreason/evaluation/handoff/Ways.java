package dev.splitreason.evaluation.handoff;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.prompt.Prompt;
import dev.splitreason.core.prompt.PromptTemplate;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.Pair;
import dev.splitreason.core.split.SplitDecoder;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.core.trace.TokenTime;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.TraceListener;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The ways to decode a script with two models: those of this project by its own decoder, others as
 * they are described where they come from.
 *
 * @param prompt the same for both models
 */
public record Ways(
    LanguageModel small, LanguageModel large, int[] prompt, Script script, TagSpelling tags) {

  /** As in the code published with the paper (arXiv 2504.16379). */
  private static final int CHUNK = 8;

  private static final int CONTINUATION = 8;

  private static final Sampling GREEDY = Sampling.GREEDY;

  // ---- this project's ----

  /** The large model alone. */
  public Replay largeOnly() {
    return decoded(new Policy.LargeOnly(), false, script.large());
  }

  /** The small model alone. */
  public Replay smallOnly() {
    return decoded(new Policy.SmallOnly(), false, script.large());
  }

  /** Split decoding, one model after the other. */
  public Replay sequential() {
    return decoded(new Policy.Learned(), false, script.small());
  }

  /** Split decoding, either model reading along while the other writes. */
  public Replay pipelined() {
    return decoded(new Policy.Learned(), true, script.small());
  }

  private Replay decoded(Policy policy, boolean pipelined, int[] smallScript) {
    ReplayedModel first = new ReplayedModel(small, prompt.length, smallScript, new Passes());
    ReplayedModel second = replayedLarge();
    Pair pair =
        Pair.builder()
            .small(first, new PromptOfIds(prompt))
            .large(second, new PromptOfIds(prompt))
            .spans(new SpanSettings(tags, CHUNK, script.small().length))
            .build();
    SplitOptions options =
        SplitOptions.DEFAULT
            .withPolicy(policy)
            .withPipelined(pipelined)
            .withMaxTokens(script.small().length + 1);
    Trace trace =
        new SplitDecoder(pair)
            .decode(List.of(Message.user("replayed")), options, TraceListener.NONE);
    return Replay.of(trace, first.passes(), second.passes());
  }

  private record PromptOfIds(int[] ids) implements PromptTemplate {
    @Override
    public Prompt render(List<Message> messages, boolean hinted) {
      return Prompt.ofIds(ids, "replayed");
    }

    @Override
    public String name() {
      return "replayed";
    }
  }

  private ReplayedModel replayedSmall(int[] tokens) {
    return new ReplayedModel(small, prompt.length, tokens, new Passes());
  }

  private ReplayedModel replayedLarge() {
    return new ReplayedModel(large, prompt.length, script.large(), new Passes());
  }

  // ---- others' ----

  /**
   * Speculative decoding (arXiv 2211.17192), greedily: the small model drafts, the large one checks
   * all drafted tokens in a pass.
   *
   * @param draft tokens
   * @param acceptance how likely a drafted token is the large model's
   */
  public Replay speculative(int draft, double acceptance, long seed) throws InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    int[] tokens = script.large();
    ReplayedModel drafts = replayedSmall(tokens);
    ReplayedModel checks = replayedLarge();
    Clocked clock = new Clocked();
    try (Session drafting = drafts.open();
        Session checking = checks.open()) {
      drafting.append(prompt);
      checking.append(prompt);
      int at = 0;
      while (at < tokens.length) {
        int drafted = Math.min(draft, tokens.length - at);
        drafting.decode(DecodeRequest.upTo(drafted, GREEDY), token -> {});
        checking.score(Arrays.copyOfRange(tokens, at, at + drafted), ScoreRequest.ofDraws(GREEDY));
        int right = 0;
        while (right < drafted && random.nextDouble() < acceptance) {
          right++;
        }
        clock.discard(drafted - right);
        // Behind those that are right, the pass has told one more.
        int kept = Math.min(right + 1, tokens.length - at);
        for (int i = 0; i < kept; i++) {
          clock.wrote(Author.LARGE);
        }
        continueWith(drafting, at + right, kept > right, tokens);
        continueWith(checking, at + right, kept > right, tokens);
        at += kept;
      }
      return clock.replay(drafts.passes(), checks.passes());
    }
  }

  private void continueWith(Session session, int right, boolean another, int[] tokens)
      throws InterruptedException {
    session.truncate(prompt.length + Math.min(right, session.length() - prompt.length));
    if (another) {
      session.append(tokens[right]);
    }
  }

  /** Each turn reads all of the answer anew, as with two servers that keep nothing. */
  public Replay withoutReuse() throws InterruptedException {
    return inTurns(false, false);
  }

  /**
   * As the published code finds the end of a span: behind each token of a chunk, the small model is
   * asked for a continuation, and the span ends where that begins with the close tag.
   */
  public Replay probing() throws InterruptedException {
    return inTurns(true, true);
  }

  private Replay inTurns(boolean reuse, boolean probing) throws InterruptedException {
    ReplayedModel first = replayedSmall(script.small());
    ReplayedModel second = replayedLarge();
    Clocked clock = new Clocked();
    try (Turn writer = new Turn(first, reuse, script.small());
        Turn helper = new Turn(second, reuse, script.large())) {
      int at = 0;
      int tagsSoFar = 0;
      for (int[] span : script.spans()) {
        writer.writeTo(span[0], clock, Author.SMALL);
        tagsSoFar++;
        at = span[0];
        int from = span[0];
        Session reading = writer.reading(from);
        while (at < span[1]) {
          int before = at - tagsSoFar;
          int chunk = Math.min(CHUNK, script.large().length - before);
          List<TokenTime> written = helper.write(before, chunk, clock);
          int kept = Math.min(chunk, span[1] - at);
          if (probing) {
            probe(reading, at, chunk);
          } else {
            reading.score(
                Arrays.copyOfRange(script.large(), before, before + chunk),
                ScoreRequest.ofDraws(GREEDY));
          }
          clock.keep(written.subList(0, kept));
          clock.discard(chunk - kept);
          at += kept;
        }
        writer.keepTo(span[1]);
        helper.keepTo(span[1] - tagsSoFar);
        writer.force(script.small()[span[1]], clock);
        tagsSoFar++;
      }
      writer.writeTo(script.small().length, clock, Author.SMALL);
      return clock.replay(first.passes(), second.passes());
    }
  }

  /** Asks for a continuation behind each token of a chunk, all at once. */
  private void probe(Session reading, int at, int chunk) throws InterruptedException {
    int tags = tagsBefore(at);
    int[] run = Arrays.copyOfRange(script.large(), at - tags, at - tags + chunk);
    int length = reading.length();
    reading.append(run);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> probes = new ArrayList<>();
      for (int prefix = 1; prefix <= chunk; prefix++) {
        Session probe = reading.fork();
        probe.truncate(length + prefix);
        probes.add(
            threads.submit(
                () -> {
                  try (probe) {
                    return probe.decode(DecodeRequest.upTo(CONTINUATION, GREEDY), token -> {});
                  }
                }));
      }
      for (Future<?> probe : probes) {
        probe.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a probe failed: " + e.getMessage(), e);
    }
  }

  private int tagsBefore(int place) {
    return 2 * (int) Arrays.stream(script.spans()).filter(span -> span[1] < place).count() + 1;
  }

  /** One model's side of an answer, whose session is opened anew for each turn or kept. */
  private final class Turn implements AutoCloseable {

    private final ReplayedModel model;
    private final boolean reuse;
    private final int[] tokens;
    private Session session;
    private int place;

    Turn(ReplayedModel model, boolean reuse, int[] tokens) throws InterruptedException {
      this.model = model;
      this.reuse = reuse;
      this.tokens = tokens;
      this.session = model.open();
      session.append(prompt);
    }

    /** Reads up to a place of its tokens. */
    Session reading(int to) throws InterruptedException {
      int read = session.length() - prompt.length;
      if (!reuse) {
        session.close();
        session = model.open();
        session.append(prompt);
        read = 0;
      }
      if (to > read) {
        session.append(Arrays.copyOfRange(tokens, read, to));
      }
      place = to;
      return session;
    }

    /** Writes up to a place of its tokens. */
    void writeTo(int to, Clocked clock, Author author) throws InterruptedException {
      if (!reuse || session.length() - prompt.length < place) {
        reading(place);
      }
      session.decode(DecodeRequest.upTo(to - place, GREEDY), token -> clock.wrote(author));
      place = to;
    }

    /** Writes some tokens from a place on; they are not kept yet. */
    List<TokenTime> write(int from, int count, Clocked clock) throws InterruptedException {
      if (from != place || session.length() - prompt.length != from) {
        reading(from);
      }
      List<TokenTime> written = new ArrayList<>();
      session.decode(
          DecodeRequest.upTo(count, GREEDY), token -> written.add(clock.now(Author.LARGE)));
      place = from + count;
      return written;
    }

    /** Goes back to a place. */
    void keepTo(int to) {
      session.truncate(prompt.length + Math.min(to, session.length() - prompt.length));
      place = to;
    }

    /** Appends a tag. */
    void force(int id, Clocked clock) throws InterruptedException {
      session.append(id);
      clock.wrote(Author.SMALL);
      place++;
    }

    @Override
    public void close() {
      session.close();
    }
  }

  /** Notes when tokens are written. */
  private static final class Clocked {

    private final long start = System.nanoTime();
    private final List<TokenTime> times = new ArrayList<>();
    private int discarded;

    TokenTime now(Author author) {
      return new TokenTime(author, (System.nanoTime() - start) / 1e9);
    }

    void wrote(Author author) {
      times.add(now(author));
    }

    void keep(List<TokenTime> written) {
      times.addAll(written);
    }

    void discard(int tokens) {
      discarded += tokens;
    }

    Replay replay(Passes small, Passes large) {
      return new Replay(times, discarded, small, large);
    }
  }
}
