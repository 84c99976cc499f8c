package dev.splitreason.core.split;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.prompt.Prompt;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What one model of a pair has read of the answer: its session, and what the other one wrote that
 * is not prefilled yet.
 *
 * <p>When kept warm, what the other writes is prefilled in chunks behind the back of the caller, so
 * that little is left when this model's turn comes. Between {@link #catchUp} and the next {@link
 * #offer} the session is the caller's alone.
 */
final class View implements AutoCloseable {

  private static final int[] NO_IDS = {};

  private final LanguageModel model;
  private final boolean sharesIds;
  private final int warmChunk;

  private volatile @Nullable Session session;
  private final Unseen unseen = new Unseen();
  private int prefilled;
  private @Nullable CompletableFuture<@Nullable Void> warming;
  private @Nullable Thread warmer;
  private boolean closed;

  /**
   * A view of an answer by one model, which opens a session when it first reads something.
   *
   * @param sharesIds whether the other model's token ids mean the same here
   * @param warmChunk how many unseen tokens are worth a prefill of their own; {@link
   *     Integer#MAX_VALUE} to prefill only when this model's turn comes
   */
  View(LanguageModel model, boolean sharesIds, int warmChunk) {
    this.model = model;
    this.sharesIds = sharesIds;
    this.warmChunk = warmChunk;
  }

  LanguageModel model() {
    return model;
  }

  // ---- from the other model ----

  /** Puts the prompt first. */
  synchronized void begin(Prompt prompt) {
    Tokenizer tokenizer = model.tokenizer();
    if (tokenizer == null) {
      unseen.addText(prompt.text());
    } else {
      unseen.addIds(tokenizer.tokens(prompt));
    }
    warmUp();
  }

  /** Takes note of what the other model wrote; for nothing once it is closed. */
  synchronized void offer(List<Token> tokens) {
    if (closed) {
      return;
    }
    if (sharesIds) {
      unseen.addIds(tokens.stream().mapToInt(Token::id).toArray());
    } else {
      unseen.addTextOf(tokens);
    }
    warmUp();
  }

  /**
   * Waits until everything offered is prefilled.
   *
   * @throws ModelException if the model failed, now or while it was kept warm
   */
  void catchUp() throws InterruptedException {
    CompletableFuture<@Nullable Void> running;
    synchronized (this) {
      running = warming;
      warming = null;
    }
    if (running != null) {
      try {
        running.get();
      } catch (ExecutionException e) {
        switch (e.getCause()) {
          case RuntimeException failure -> throw failure;
          case null, default -> throw new AssertionError("cannot be kept warm", e);
        }
      }
    }
    prefill(rest());
  }

  // ---- the caller's turn ----

  /**
   * This model's session: the caller's alone between {@link #catchUp} and the next {@link #offer}.
   */
  Session session() {
    Session open = session;
    return open == null ? open() : open;
  }

  /** Ordinary text in this model's tokens; one of text only if the model tells no ids. */
  List<Token> tokens(String text) {
    Tokenizer tokenizer = model.tokenizer();
    if (tokenizer == null) {
      return text.isEmpty() ? List.of() : List.of(Token.ofText(text));
    }
    return Arrays.stream(tokenizer.tokenize(text)).mapToObj(tokenizer::token).toList();
  }

  /** Appends what this model itself is made to write. */
  void write(List<Token> tokens) throws InterruptedException {
    if (model.tokenizer() != null) {
      session().append(tokens.stream().mapToInt(Token::id).toArray());
      return;
    }
    for (Token token : tokens) {
      session().append(new String(token.bytes(), StandardCharsets.UTF_8));
    }
  }

  /** Appends ordinary text that the other model wrote. */
  void prefill(String text) throws InterruptedException {
    prefill(new Unseen.Part(NO_IDS, text));
  }

  /** Appends a run of tokens that the other model wrote, and tells what this one thinks of it. */
  Scores score(int[] run, ScoreRequest request) throws InterruptedException {
    Scores scores = session().score(run, request);
    countPrefilled(run.length);
    return scores;
  }

  /** Tokens prefilled so far. */
  synchronized int prefilled() {
    return prefilled;
  }

  /** Frees the session, ending what it still does. */
  @Override
  public synchronized void close() {
    closed = true;
    Thread running = warmer;
    if (running != null) {
      running.interrupt();
    }
    Session open = session;
    if (open != null) {
      open.close();
    }
  }

  // ---- prefilling ----

  /**
   * Opens the session without holding the lock: a model that hangs must not stop {@link #offer}.
   */
  private Session open() {
    Session opened = model.open();
    synchronized (this) {
      if (!closed) {
        session = opened;
        return opened;
      }
    }
    opened.close();
    throw new ModelException(ModelException.Kind.UNAVAILABLE, "cancelled");
  }

  /** Starts a prefill in the background if there is enough to prefill and none is running. */
  private void warmUp() {
    boolean running = warming != null && !warming.isDone();
    boolean failed = warming != null && warming.isCompletedExceptionally();
    if (running || failed || unseen.size() < warmChunk) {
      return;
    }
    CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
    warming = done;
    warmer = Thread.ofVirtual().name("keeps warm").start(() -> keepWarm(done));
  }

  private void keepWarm(CompletableFuture<@Nullable Void> done) {
    try {
      for (Unseen.Part part = worthPrefilling(); !part.isEmpty(); part = worthPrefilling()) {
        prefill(part);
      }
      done.complete(null);
    } catch (InterruptedException e) {
      done.completeExceptionally(
          new ModelException(ModelException.Kind.UNAVAILABLE, "cancelled", e));
    } catch (Throwable e) {
      done.completeExceptionally(e);
    }
  }

  private synchronized Unseen.Part rest() {
    return unseen.takeAll();
  }

  private synchronized Unseen.Part worthPrefilling() {
    return unseen.size() < warmChunk ? Unseen.Part.NOTHING : unseen.takeWhole();
  }

  private void prefill(Unseen.Part part) throws InterruptedException {
    if (part.isEmpty()) {
      return;
    }
    Session open = session();
    int before = open.length();
    open.append(part.ids());
    if (!part.text().isEmpty()) {
      open.append(part.text());
    }
    countPrefilled(open.length() - before);
  }

  private synchronized void countPrefilled(int tokens) {
    prefilled += tokens;
  }
}
