package dev.splitreason.simulator.measure;

import dev.splitreason.core.model.Capabilities;
import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelInfo;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.TokenKind;
import dev.splitreason.core.model.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * A model that computes nothing and takes exact times, on a clock of its own: a decode step of n
 * sequences 10 + 2(n - 1) ms and 1 ms for every 100 tokens of context, a prefill 5 ms and 1 ms for
 * every token, drawing at every position of a scored run 3 ms more. Like the embedded engine it
 * puts off the last token of what is appended.
 */
final class LawfulModel implements LanguageModel, LongSupplier {

  private static final int VOCABULARY = 50;
  private static final int END = 7;

  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger open = new AtomicInteger();
  private final int contextLength;
  private final int places;
  private final boolean forgetful;
  private boolean puttingOff;
  private boolean listed = true;
  private int tooMuch = Integer.MAX_VALUE;
  private CyclicBarrier step = new CyclicBarrier(1);

  /**
   * A model.
   *
   * @param places sessions it has room for
   * @param forgetful whether it ends every text after a token
   */
  LawfulModel(int contextLength, int places, boolean forgetful) {
    this.contextLength = contextLength;
    this.places = places;
    this.forgetful = forgetful;
  }

  /** It reads what is appended, all of it, no sooner than it has to. */
  LawfulModel puttingOff() {
    puttingOff = true;
    return this;
  }

  /** It fails when it gets so many tokens at once. */
  LawfulModel failingWith(int tokens) {
    tooMuch = tokens;
    return this;
  }

  /** It does not tell how many tokens its vocabulary has. */
  LawfulModel unlisted() {
    listed = false;
    return this;
  }

  int openSessions() {
    return open.get();
  }

  /** The time of its clock, in nanoseconds. */
  @Override
  public long getAsLong() {
    return nanos.get();
  }

  private void pass(double milliseconds) {
    nanos.addAndGet(Math.round(milliseconds * 1e6));
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo("lawful", "made up", 1, contextLength, null);
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.ALL;
  }

  @Override
  public Tokenizer tokenizer() {
    return new Numbers(listed);
  }

  @Override
  public Session open() {
    if (open.get() == places) {
      throw new ModelException(ModelException.Kind.OUT_OF_CAPACITY, "no room");
    }
    step = new CyclicBarrier(open.incrementAndGet());
    return new Sequence();
  }

  @Override
  public void close() {}

  private final class Sequence implements Session {
    private int length;
    private int evaluated;

    @Override
    public LanguageModel model() {
      return LawfulModel.this;
    }

    @Override
    public int length() {
      return length;
    }

    @Override
    public void append(int... tokens) {
      for (int token : tokens) {
        if (token == END) {
          throw new AssertionError("a token that ends the text");
        }
      }
      grow(tokens.length);
      if (tokens.length == tooMuch) {
        throw new ModelException(ModelException.Kind.UNAVAILABLE, "too much");
      }
      if (!puttingOff) {
        evaluate(length - 1);
      }
    }

    @Override
    public void settle() {
      if (puttingOff) {
        evaluate(length);
      }
    }

    private void evaluate(int upTo) {
      if (upTo > evaluated) {
        pass(5 + upTo - evaluated);
        evaluated = upTo;
      }
    }

    @Override
    public void append(String text) {
      throw new AssertionError("text");
    }

    @Override
    public Decoded decode(DecodeRequest request, Consumer<? super Token> onToken)
        throws InterruptedException {
      if (listed && !request.sampling().bias().containsKey(END)) {
        throw new AssertionError("the text may end");
      }
      List<Token> tokens = new ArrayList<>();
      int most = forgetful ? 1 : request.maxTokens();
      for (int i = 0; i < most; i++) {
        awaitStep();
        evaluated = length;
        grow(1);
        Token token = new Token(1, new byte[] {'1'});
        tokens.add(token);
        onToken.accept(token);
        awaitOthers();
      }
      return new Decoded(tokens, Decoded.End.MAX_TOKENS);
    }

    /** All open sessions decode; the last to come lets the step pass. */
    private void awaitStep() throws InterruptedException {
      if (awaitOthers() == 0) {
        pass(10 + 2 * (open.get() - 1) + length / 100);
      }
      awaitOthers();
    }

    private int awaitOthers() throws InterruptedException {
      try {
        return step.await();
      } catch (BrokenBarrierException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public Scores score(int[] run, ScoreRequest request) {
      append(run);
      settle();
      pass(3);
      return new Scores(new float[0], new float[0][], new float[0], new int[run.length + 1]);
    }

    @Override
    public void truncate(int length) {
      this.length = length;
      evaluated = Math.min(evaluated, length);
    }

    @Override
    public Session fork() {
      throw new AssertionError("a fork shares its context, which a batch does not");
    }

    @Override
    public void close() {
      open.decrementAndGet();
    }

    private void grow(int tokens) {
      length += tokens;
      if (length > contextLength) {
        throw new AssertionError("longer than the context");
      }
    }
  }

  private record Numbers(boolean listed) implements Tokenizer {

    @Override
    public int[] tokenize(String text) {
      return text.chars().map(letter -> letter % VOCABULARY).filter(id -> id != END).toArray();
    }

    @Override
    public int[] tokenizeWithControl(String text) {
      return tokenize(text);
    }

    @Override
    public byte[] bytes(int id) {
      return new byte[] {(byte) id};
    }

    @Override
    public Integer idOf(String text) {
      return 0;
    }

    @Override
    public boolean endsText(int id) {
      return id == END;
    }

    @Override
    public int size() {
      return listed ? VOCABULARY : 0;
    }

    @Override
    public TokenKind kind(int id) {
      return id == END ? TokenKind.CONTROL : TokenKind.TEXT;
    }
  }
}
