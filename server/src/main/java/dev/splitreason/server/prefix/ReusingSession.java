package dev.splitreason.server.prefix;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A session that begins with its first run: as an earlier one that began alike, or as a new one.
 * When it is closed while idle and well, the session behind it is kept for later.
 */
final class ReusingSession implements Session {

  private final ReusingModel model;
  private int[] ids = new int[256];
  private int length;
  private @Nullable Session session;
  private boolean busy;
  private boolean broken;
  private boolean background;
  private boolean closed;

  ReusingSession(ReusingModel model) {
    this.model = model;
  }

  /** Something that is done with the session behind this one. */
  @FunctionalInterface
  private interface Call<T> {
    T on(Session session) throws InterruptedException;
  }

  @Override
  public LanguageModel model() {
    return model;
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public void append(int... run) throws InterruptedException {
    int reused = begin(run);
    int[] rest = reused == 0 ? run : Arrays.copyOfRange(run, reused, run.length);
    int before = length;
    call(
        open -> {
          open.truncate(before);
          open.append(rest);
          return true;
        });
    add(rest);
  }

  @Override
  public void append(String text) throws InterruptedException {
    Tokenizer tokenizer = Objects.requireNonNull(model.tokenizer(), "it tells its tokens");
    append(tokenizer.tokenize(text));
  }

  @Override
  public Decoded decode(DecodeRequest request, Consumer<? super Token> onToken)
      throws InterruptedException {
    List<Token> written = new ArrayList<>();
    Decoded.End end =
        call(
            open -> {
              if (open.length() != length) {
                // Not for nothing: it would end a decode that only paused.
                open.truncate(length);
              }
              return open.decode(
                      new DecodeRequest(
                          request.maxTokens() - written.size(),
                          request.sampling(),
                          request.stop(),
                          request.maxEntropy(),
                          request.nudge()),
                      token -> {
                        add(token.id());
                        written.add(token);
                        onToken.accept(token);
                      })
                  .end();
            });
    return new Decoded(written, end);
  }

  @Override
  public Scores score(int[] run, ScoreRequest request) throws InterruptedException {
    int before = length;
    Scores scores =
        call(
            open -> {
              open.truncate(before);
              return open.score(run, request);
            });
    add(run);
    return scores;
  }

  @Override
  public void truncate(int shorter) {
    open().truncate(shorter);
    length = shorter;
  }

  @Override
  public Session fork() throws InterruptedException {
    return open().fork();
  }

  @Override
  public synchronized void background(boolean background) {
    this.background = background;
    if (session != null) {
      session.background(background);
    }
  }

  @Override
  public void close() {
    Session behind;
    boolean keep;
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      behind = session;
      keep = !busy && !broken;
    }
    if (behind == null) {
      return;
    }
    if (keep && settled(behind)) {
      model.kept().keep(Arrays.copyOf(ids, length), behind);
    } else {
      behind.close();
    }
  }

  /** Ends what a session may still be at after a pause; whether it could. */
  private boolean settled(Session behind) {
    try {
      behind.truncate(length);
      return true;
    } catch (ModelException e) {
      return false;
    }
  }

  /** Finds the session behind this one, if that is not done; gives how much of the run it has. */
  private int begin(int[] run) {
    synchronized (this) {
      if (session != null) {
        return 0;
      }
    }
    KeptPrefixes.Kept found = model.kept().take(run);
    int common = found == null ? 0 : found.common(run);
    hold(found == null ? model.openEmpty() : found.session());
    add(Arrays.copyOf(run, common));
    model.reused(common);
    return common;
  }

  private void hold(Session opened) {
    synchronized (this) {
      if (!closed) {
        session = opened;
        opened.background(background);
        return;
      }
    }
    opened.close();
    throw new ModelException(ModelException.Kind.UNAVAILABLE, "the session is closed");
  }

  private Session open() {
    Session open = session;
    return open == null ? beginEmpty() : open;
  }

  private Session beginEmpty() {
    Session opened = model.openEmpty();
    hold(opened);
    return opened;
  }

  /** Does something; where the cache is full, kept sessions make room and it is done again. */
  private <T> T call(Call<T> call) throws InterruptedException {
    Session open = open();
    synchronized (this) {
      busy = true;
    }
    try {
      while (true) {
        try {
          return call.on(open);
        } catch (ModelException e) {
          if (e.kind() != ModelException.Kind.OUT_OF_CAPACITY || !model.kept().evict()) {
            // After any other end, an interrupt too, truncating makes the sequence definite again.
            broken = true;
            throw e;
          }
        }
      }
    } finally {
      synchronized (this) {
        busy = false;
      }
    }
  }

  private void add(int... run) {
    if (length + run.length > ids.length) {
      ids = Arrays.copyOf(ids, Math.max(2 * ids.length, length + run.length));
    }
    System.arraycopy(run, 0, ids, length, run.length);
    length += run.length;
  }
}
