package dev.splitreason.core.split;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.Nudge;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.TokenKind;
import dev.splitreason.core.sampling.CounterRandom;
import dev.splitreason.core.sampling.Distribution;
import dev.splitreason.core.sampling.Sampler;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.split.ScriptedModel.Operation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A session of a {@link ScriptedModel}, which insists on being used by one thread at a time. */
final class ScriptedSession implements Session {

  private final ScriptedModel model;
  private final Vocabulary vocabulary;
  private final boolean forked;
  private final Sampler sampler;
  private final AtomicReference<@Nullable Thread> user = new AtomicReference<>();
  private int[] tokens;
  private int length;
  private volatile boolean closed;

  ScriptedSession(ScriptedModel model, int[] tokens, boolean forked) {
    this.model = model;
    this.vocabulary = model.vocabulary;
    this.forked = forked;
    this.sampler = new Sampler(vocabulary.size());
    this.tokens = tokens;
    this.length = tokens.length;
    model.open.add(this);
  }

  @Override
  public LanguageModel model() {
    return model;
  }

  @Override
  public int length() {
    return length;
  }

  /** What the sequence says. */
  String text() {
    return new String(bytes(0, length), StandardCharsets.UTF_8);
  }

  @Override
  public void append(int... run) throws InterruptedException {
    if (run.length > 0) {
      using(Operation.APPEND, () -> add(run));
    }
  }

  @Override
  public void append(String text) throws InterruptedException {
    append(
        model.capabilities().tokenIds()
            ? vocabulary.tokenize(text)
            : vocabulary.tokenizeWithControl(text));
  }

  @Override
  public Scores score(int[] run, ScoreRequest request) throws InterruptedException {
    if (!model.capabilities().scoring()) {
      throw new UnsupportedOperationException("no scoring");
    }
    float[] entropy = new float[request.entropy() ? run.length + 1 : 0];
    int[] drawn = new int[request.draw() == null ? 0 : run.length + 1];
    float[] logProbs = new float[request.logProbs() ? run.length : 0];
    using(
        Operation.SCORE,
        () -> {
          for (int position = 0; position <= run.length; position++) {
            float[] logits = logits();
            if (request.entropy()) {
              entropy[position] = (float) Distribution.of(logits).entropy();
            }
            if (request.draw() != null) {
              drawn[position] = draw(logits, request.draw());
            }
            if (request.logProbs() && position < run.length) {
              logProbs[position] = (float) Distribution.of(logits).logProb(logits[run[position]]);
            }
            if (position < run.length) {
              add(run[position]);
            }
          }
        });
    return new Scores(logProbs, new float[0][], entropy, drawn);
  }

  @Override
  public Decoded decode(DecodeRequest request, Consumer<? super Token> onToken)
      throws InterruptedException {
    if (!forked) {
      model.decodedFrom.add(text());
      noteSpelledControl();
    }
    List<Token> written = new ArrayList<>();
    Deque<Token> late = new ArrayDeque<>();
    Decoded.End end = null;
    while (end == null) {
      Token token = next(request);
      if (token == null) {
        end = ending;
      } else {
        written.add(token);
        late.add(token);
        end =
            request.stop().stopAfter(token)
                ? Decoded.End.STOPPED
                : written.size() == request.maxTokens() ? Decoded.End.MAX_TOKENS : null;
        if (late.size() > model.lag) {
          onToken.accept(late.remove());
        }
      }
    }
    late.forEach(onToken);
    return new Decoded(written, end);
  }

  /** The text alone, tokenised as trusted, has as many control tokens as the sequence. */
  private void noteSpelledControl() {
    String answer = new String(bytes(answerStart(), length), StandardCharsets.UTF_8);
    long spelled =
        IntStream.of(vocabulary.tokenizeWithControl(answer)).filter(this::isControl).count();
    long there = IntStream.range(answerStart(), length).filter(i -> isControl(tokens[i])).count();
    if (spelled != there) {
      model.spelledControl.add(answer);
    }
  }

  private boolean isControl(int id) {
    return vocabulary.kind(id) == TokenKind.CONTROL;
  }

  private Decoded.End ending = Decoded.End.STOPPED;

  /** Writes a token, or sets why there is none. */
  private @Nullable Token next(DecodeRequest request) throws InterruptedException {
    int[] drawn = {-1};
    using(
        Operation.TOKEN,
        () -> {
          float[] logits = logits();
          if (length == model.context) {
            ending = Decoded.End.CONTEXT_FULL;
          } else if (Distribution.of(logits).entropy() > request.maxEntropy()) {
            ending = Decoded.End.UNCERTAIN;
          } else {
            int id = draw(logits, request.sampling());
            Nudge nudge = request.nudge();
            if (nudge != null
                && id != nudge.id()
                && draw(logits, nudge.in(request.sampling())) == nudge.id()) {
              ending = Decoded.End.NUDGED;
            } else if (vocabulary.endsText(id)) {
              ending = Decoded.End.END_OF_TEXT;
            } else {
              add(id);
              drawn[0] = id;
            }
          }
        });
    if (drawn[0] < 0) {
      return null;
    }
    return model.capabilities().tokenIds()
        ? vocabulary.token(drawn[0])
        : new Token(Token.UNKNOWN_ID, vocabulary.bytes(drawn[0]));
  }

  @Override
  public void truncate(int newLength) {
    if (newLength < 0 || newLength > length) {
      throw new IllegalArgumentException("cannot truncate " + length + " to " + newLength);
    }
    length = newLength;
  }

  @Override
  public Session fork() throws InterruptedException {
    model.about(Operation.FORK);
    return new ScriptedSession(model, Arrays.copyOf(tokens, length), true);
  }

  @Override
  public void close() {
    closed = true;
    model.open.remove(this);
  }

  private void using(Operation operation, Runnable work) throws InterruptedException {
    if (!user.compareAndSet(null, Thread.currentThread())) {
      throw new AssertionError("a session is used by two threads: " + user.get());
    }
    try {
      model.about(operation);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      if (closed) {
        throw new ModelException(ModelException.Kind.UNAVAILABLE, "the session is closed");
      }
      work.run();
    } finally {
      user.set(null);
    }
  }

  private void add(int... run) {
    if (length + run.length > model.context) {
      throw new ModelException(ModelException.Kind.CONTEXT_OVERFLOW, "the context is too small");
    }
    tokens = Arrays.copyOf(tokens, Math.max(tokens.length, 2 * (length + run.length)));
    System.arraycopy(run, 0, tokens, length, run.length);
    length += run.length;
    model.evaluated.addAndGet(run.length);
  }

  private int draw(float[] logits, Sampling sampling) {
    Sampling honoured =
        model.capabilities().logitBias()
            ? sampling
            : new Sampling(
                sampling.temperature(),
                sampling.topK(),
                sampling.topP(),
                sampling.minP(),
                sampling.repetitionPenalty(),
                sampling.seed(),
                Map.of());
    return sampler.draw(logits, honoured, length, tokens, length);
  }

  /** What the language says, above a little noise. */
  private float[] logits() {
    byte[] answer = bytes(answerStart(), length);
    int whole = wholeCharacters(answer);
    String text = new String(answer, 0, whole, StandardCharsets.UTF_8);
    int intended = intended(text, Arrays.copyOfRange(answer, whole, answer.length));
    float[] logits = new float[vocabulary.size()];
    for (int id = 0; id < logits.length; id++) {
      logits[id] = (float) CounterRandom.uniform(text.hashCode(), id);
    }
    logits[intended] = (float) (1 + model.language.confidence(text));
    return logits;
  }

  private int intended(String text, byte[] begun) {
    byte[] next = model.language.next(text).getBytes(StandardCharsets.UTF_8);
    boolean goesOn =
        next.length > begun.length && Arrays.equals(begun, Arrays.copyOf(next, begun.length));
    String bytes = begun.length == 0 ? new String(next, StandardCharsets.UTF_8) : "";
    if (begun.length > 0 && goesOn) {
      return next[begun.length] & 0xff;
    }
    return bytes.isEmpty() ? vocabulary.end() : vocabulary.tokenizeWithControl(bytes)[0];
  }

  private int answerStart() {
    int go = vocabulary.end() + 1;
    for (int i = 0; i < length; i++) {
      if (tokens[i] == go) {
        return i + 1;
      }
    }
    return 0;
  }

  private byte[] bytes(int from, int to) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = from; i < to; i++) {
      bytes.writeBytes(vocabulary.bytes(tokens[i]));
    }
    return bytes.toByteArray();
  }

  /** The length without an incomplete character at the end. */
  private static int wholeCharacters(byte[] bytes) {
    for (int back = 1; back <= Math.min(3, bytes.length); back++) {
      int lead = bytes[bytes.length - back] & 0xff;
      if (lead >= 0xc0) {
        int size = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
        return size > back ? bytes.length - back : bytes.length;
      }
      if (lead < 0x80) {
        break;
      }
    }
    return bytes.length;
  }
}
