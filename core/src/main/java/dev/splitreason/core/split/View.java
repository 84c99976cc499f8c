package dev.splitreason.core.split;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.prompt.Prompt;
import dev.splitreason.core.vocabulary.Translation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
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

  private final LanguageModel model;
  private final Translation incoming;
  private final int warmChunk;

  private volatile @Nullable Session session;
  private final Unseen unseen = new Unseen();
  private int prefilled;
  private @Nullable CompletableFuture<@Nullable Void> warming;
  private @Nullable Thread warmer;
  private boolean closed;

  /** Whether the answer waits for this model. */
  private boolean awaited;

  /**
   * A view of an answer by one model, which opens a session when it first reads something.
   *
   * @param incoming what the other model's tokens are to this one
   * @param warmChunk how many unseen tokens are worth a prefill of their own; {@link
   *     Integer#MAX_VALUE} to prefill only when this model's turn comes
   */
  View(LanguageModel model, Translation incoming, int warmChunk) {
    this.model = model;
    this.incoming = incoming;
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
    tokens.forEach(this::read);
    setAwaited(false);
    warmUp();
  }

  private void setAwaited(boolean awaited) {
    if (this.awaited != awaited) {
      this.awaited = awaited;
      Session open = session;
      if (open != null) {
        open.background(!awaited);
      }
    }
  }

  private void read(Token token) {
    int[] ids = incoming.ids(token);
    if (ids == null) {
      unseen.addTextOf(token);
    } else {
      unseen.addIds(ids);
    }
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
      setAwaited(true);
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
    for (Unseen.Part part : rest()) {
      prefill(part);
    }
  }

  // ---- the caller's turn ----

  /**
   * This model's session: the caller's alone between {@link #catchUp} and the next {@link #offer}.
   */
  Session session() {
    Session open = session;
    return open == null ? open() : open;
  }

  /** How many tokens the session may still get before its context is full. */
  int room() {
    return model.info().contextLength() - session().length();
  }

  /** What the other model's tokens are to this one. */
  Translation incoming() {
    return incoming;
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

  /** Appends what the other model wrote, in this one's tokens. */
  void prefill(int[] ids) throws InterruptedException {
    if (ids.length > 0) {
      prefill(new Unseen.Part.Ids(ids));
    }
  }

  /** Appends ordinary text that the other model wrote. */
  void prefill(String text) throws InterruptedException {
    prefill(new Unseen.Part.Text(text));
  }

  /**
   * What the other model wrote, in this one's tokens.
   *
   * @throws NullPointerException if this model tells no ids
   */
  int[] ids(List<Token> written) {
    Tokenizer tokenizer = Objects.requireNonNull(model.tokenizer());
    Unseen all = new Unseen();
    for (Token token : written) {
      int[] ids = incoming.ids(token);
      if (ids == null) {
        all.addTextOf(token);
      } else {
        all.addIds(ids);
      }
    }
    return all.takeAll().stream()
        .flatMapToInt(
            part ->
                IntStream.of(
                    switch (part) {
                      case Unseen.Part.Ids(int[] ids) -> ids;
                      case Unseen.Part.Text(String text) -> tokenizer.tokenize(text);
                    }))
        .toArray();
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
        opened.background(!awaited);
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
      for (List<Unseen.Part> parts = worthPrefilling();
          !parts.isEmpty();
          parts = worthPrefilling()) {
        for (Unseen.Part part : parts) {
          prefill(part);
        }
      }
      done.complete(null);
    } catch (InterruptedException e) {
      done.completeExceptionally(
          new ModelException(ModelException.Kind.UNAVAILABLE, "cancelled", e));
    } catch (Throwable e) {
      done.completeExceptionally(e);
    }
  }

  private synchronized List<Unseen.Part> rest() {
    return unseen.takeAll();
  }

  private synchronized List<Unseen.Part> worthPrefilling() {
    return unseen.size() < warmChunk ? List.of() : unseen.takeWhole();
  }

  private void prefill(Unseen.Part part) throws InterruptedException {
    Session open = session();
    int before = open.length();
    switch (part) {
      case Unseen.Part.Ids(int[] ids) -> open.append(ids);
      case Unseen.Part.Text(String text) -> {
        if (!text.isEmpty()) {
          open.append(text);
        }
      }
    }
    countPrefilled(open.length() - before);
  }

  private synchronized void countPrefilled(int tokens) {
    prefilled += tokens;
  }
}
