package dev.splitreason.engine.openai;

import com.openai.models.completions.CompletionCreateParams;
import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Scores;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.engine.openai.CompletionRequests.Told;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One token sequence of a served model. It lives here: every request sends all of it, and a server
 * with a prefix cache computes only what is new. Appending much at once has the server read it
 * ahead of the next request.
 *
 * <p>A decode that only pauses leaves its request running; the next one takes up what it writes. It
 * is cancelled by whatever else is done with the session, and what came beyond the pause is
 * dropped.
 */
final class OpenAiSession implements Session {

  /**
   * Tokens that are worth a request of their own to have them read: it costs the server about one
   * decoded token. Prefix caches work in blocks, of 16 tokens in vLLM.
   */
  private static final int WORTH_READING_AHEAD = 64;

  /** The most tokens asked for at once where those of the prompt are not counted. */
  private static final int UNCOUNTED_SLICE = 256;

  private final OpenAiModel model;
  private final CompletionRequests requests;
  private final Transcript transcript;
  private int unread;
  private boolean hasDecoded;
  private volatile boolean closed;
  private volatile @Nullable Exchange<?> current;

  /** The request whose tokens the next decode goes on with. */
  private @Nullable TokenStream paused;

  OpenAiSession(OpenAiModel model, CompletionRequests requests, Transcript transcript) {
    this.model = model;
    this.requests = requests;
    this.transcript = transcript;
  }

  @Override
  public LanguageModel model() {
    return model;
  }

  @Override
  public int length() {
    return transcript.length();
  }

  @Override
  public void append(int... tokens) throws InterruptedException {
    if (tokens.length == 0) {
      return;
    }
    requireRoom(tokens.length);
    endPause();
    switch (transcript) {
      case Transcript.Ids ids -> ids.append(tokens);
      case Transcript.Text text ->
          throw new UnsupportedOperationException(model.info().name() + " takes no token ids");
    }
    readAhead(tokens.length);
  }

  @Override
  public void append(String text) throws InterruptedException {
    ServedTokenizer tokenizer = model.tokenizer();
    if (tokenizer != null) {
      append(tokenizer.tokenize(text));
      return;
    }
    endPause();
    int before = transcript.length();
    if (transcript instanceof Transcript.Text written) {
      written.append(text);
    }
    readAhead(transcript.length() - before);
  }

  @Override
  public Decoded decode(DecodeRequest request, Consumer<? super Token> onToken)
      throws InterruptedException {
    requireText();
    if (isBounded(request) && !model.capabilities().entropy()) {
      throw new UnsupportedOperationException(model.info().name() + " does not tell its entropy");
    }
    if (request.nudge() != null) {
      return new NudgedDecode(this, request, request.nudge()).write(onToken);
    }
    List<Token> written = new ArrayList<>();
    while (true) {
      int most = Math.min(request.maxTokens() - written.size(), room());
      if (most < 1) {
        return new Decoded(written, Decoded.End.CONTEXT_FULL);
      }
      int before = written.size();
      boolean goesOn = paused != null;
      Decoded.End end;
      try {
        end = decode(request, most, written, onToken);
      } catch (ModelException e) {
        if (e.kind() == ModelException.Kind.CONTEXT_OVERFLOW && hasDecoded) {
          return new Decoded(written, Decoded.End.CONTEXT_FULL);
        }
        throw e;
      }
      if (end != Decoded.End.MAX_TOKENS || written.size() == request.maxTokens()) {
        return new Decoded(written, end);
      }
      // A request that was left may have been at its end: only a new one says that nothing fits.
      if (written.size() == before && !goesOn) {
        return new Decoded(written, Decoded.End.CONTEXT_FULL);
      }
    }
  }

  /** Further tokens of one request; {@code MAX_TOKENS} if the server ended it for want of more. */
  private Decoded.End decode(
      DecodeRequest request, int most, List<Token> written, Consumer<? super Token> onToken)
      throws InterruptedException {
    Told told = isBounded(request) ? Told.LIKELIEST : model.told();
    TokenStream left = paused;
    if (left != null && left.isOf(request.sampling(), told)) {
      paused = null;
      return take(left, request, written, onToken);
    }
    try {
      return take(begin(request, most, told), request, written, onToken);
    } catch (ModelException e) {
      if (told != Told.COUNTS || !written.isEmpty() || !ServerErrors.meansRefused(e)) {
        throw e;
      }
      // A server that knows no option to count is not asked for it again.
      Decoded.End end = take(begin(request, most, Told.TEXT), request, written, onToken);
      model.doesNotCount();
      return end;
    }
  }

  private TokenStream begin(DecodeRequest request, int most, Told told) {
    endPause();
    Sampling sampling = request.sampling();
    CompletionCreateParams asked =
        requests.drawn(transcript.prompt(), most, sampling, transcript.length(), told);
    CompletionStream stream = CompletionStream.open(model.client(), asked);
    begin(stream.exchange());
    unread = 0;
    return new TokenStream(stream, model.tokens(), sampling, told);
  }

  private Decoded.End take(
      TokenStream stream,
      DecodeRequest request,
      List<Token> written,
      Consumer<? super Token> onToken)
      throws InterruptedException {
    try {
      while (true) {
        Token token = stream.next();
        if (isBounded(request) && isUncertain(token, stream.place(), request.maxEntropy())) {
          return Decoded.End.UNCERTAIN;
        }
        if (token == null) {
          return end(stream.finish());
        }
        hasDecoded = true;
        transcript.append(token);
        written.add(token);
        boolean stop = request.stop().stopAfter(token);
        onToken.accept(token);
        if (stop) {
          paused = request.stop().pauses() ? stream : null;
          return Decoded.End.STOPPED;
        }
        if (written.size() == request.maxTokens()) {
          return Decoded.End.MAX_TOKENS;
        }
      }
    } finally {
      if (paused == null) {
        stream.close();
        current = null;
      }
    }
  }

  /** Drops what a request still writes that nobody goes on with. */
  private void endPause() {
    TokenStream left = paused;
    if (left != null) {
      paused = null;
      current = null;
      left.close();
    }
  }

  private static boolean isBounded(DecodeRequest request) {
    return request.maxEntropy() < Double.POSITIVE_INFINITY;
  }

  /** What ends the text need not have a place; every token has one. */
  private boolean isUncertain(
      @Nullable Token token, @Nullable TopLogProbs place, double maxEntropy) {
    if (place == null && token == null) {
      return false;
    }
    if (place == null) {
      throw new ModelException(
          ModelException.Kind.UNAVAILABLE,
          model.info().name() + " did not tell the probabilities of every token");
    }
    return place.likeliest(CompletionRequests.MOST_LIKELIEST).entropy() > maxEntropy;
  }

  private Decoded.End end(String finish) {
    return switch (finish) {
      case CompletionChunk.LENGTH -> Decoded.End.MAX_TOKENS;
      case "content_filter" ->
          throw new ModelException(
              ModelException.Kind.UNAVAILABLE,
              model.info().name() + " stopped: its content filter took the answer back");
      case "error", "abort" ->
          throw new ModelException(
              ModelException.Kind.UNAVAILABLE, model.info().name() + " gave its answer up");
      default -> Decoded.End.END_OF_TEXT;
    };
  }

  @Override
  public Scores score(int[] run, ScoreRequest request) throws InterruptedException {
    if (!model.capabilities().scoring() || !(transcript instanceof Transcript.Ids ids)) {
      throw new UnsupportedOperationException(model.info().name() + " cannot score tokens");
    }
    if (request.watch().length > 0 || (request.entropy() && !model.capabilities().entropy())) {
      throw new UnsupportedOperationException(
          model.info().name() + " tells the probabilities of the likeliest tokens only");
    }
    requireText();
    requireRoom(run.length + 1);
    endPause();
    int start = ids.length();
    ids.append(run);
    Sampling draw = request.draw();
    int likeliest =
        !request.entropy() && (draw == null || draw.greedy())
            ? Math.min(
                CompletionRequests.MOST_LIKELIEST, 1 + (draw == null ? 0 : draw.bias().size()))
            : CompletionRequests.MOST_LIKELIEST;
    boolean ofRun = request.logProbs() && run.length > 0;
    List<TopLogProbs> told =
        model.scoring().look(this::ask, requests, ids.all(), start, likeliest, ofRun);
    unread = 0;
    float[] logProbs = new float[request.logProbs() ? run.length : 0];
    int[] drawn = new int[draw == null ? 0 : run.length + 1];
    float[] entropy = new float[request.entropy() ? run.length + 1 : 0];
    int places = Math.max(logProbs.length, Math.max(drawn.length, entropy.length));
    for (int i = 0; i < places; i++) {
      TopLogProbs at = told.get(i);
      if (i < logProbs.length) {
        logProbs[i] = at.logProb(run[i]);
      }
      if (request.entropy()) {
        entropy[i] = (float) at.likeliest(likeliest).entropy();
      }
      if (draw != null) {
        int[] before = ids.before(start + i, Sampling.PENALTY_WINDOW);
        drawn[i] = at.likeliest(likeliest).draw(draw, start + i, before);
      }
    }
    return new Scores(logProbs, new float[0][], entropy, drawn);
  }

  @Override
  public void truncate(int length) {
    endPause();
    transcript.truncate(length);
    unread = Math.min(unread, length);
  }

  @Override
  public Session fork() {
    requireOpen();
    endPause();
    OpenAiSession fork = new OpenAiSession(model, requests, transcript.copy());
    fork.unread = unread;
    fork.hasDecoded = hasDecoded;
    return fork;
  }

  @Override
  public void close() {
    closed = true;
    Exchange<?> running = current;
    if (running != null) {
      running.cancel();
    }
  }

  /** Lets the server read what it has not seen, if that is much. */
  private void readAhead(int appended) throws InterruptedException {
    requireOpen();
    unread += appended;
    if (unread >= WORTH_READING_AHEAD) {
      settle();
    }
  }

  /** One token is asked for, and dropped. */
  @Override
  public void settle() throws InterruptedException {
    if (unread > 0) {
      requireText();
      CompletionCreateParams asked = requests.greedy(transcript.prompt(), 1);
      ask(() -> model.client().complete(asked));
      unread = 0;
    }
  }

  private <T> T ask(Callable<T> request) throws InterruptedException {
    try {
      return begin(Exchange.start("asks", request)).await();
    } finally {
      current = null;
    }
  }

  private <T> Exchange<T> begin(Exchange<T> exchange) {
    current = exchange;
    cancelIfClosed(exchange);
    return exchange;
  }

  /** Whoever closes the session either sees the exchange or is seen here. */
  private void cancelIfClosed(Exchange<?> exchange) {
    if (closed) {
      exchange.cancel();
    }
  }

  private int room() {
    if (model.tokenizer() == null) {
      return UNCOUNTED_SLICE;
    }
    return model.info().contextLength() - transcript.length();
  }

  private void requireRoom(int tokens) {
    long length = (long) transcript.length() + tokens;
    if (length > model.info().contextLength()) {
      throw new ModelException(
          ModelException.Kind.CONTEXT_OVERFLOW,
          length
              + " tokens do not fit the context of "
              + model.info().contextLength()
              + " tokens of "
              + model.info().name());
    }
  }

  private void requireText() {
    requireOpen();
    if (transcript.length() == 0) {
      throw new IllegalStateException("an empty session predicts nothing: append a prompt first");
    }
  }

  private void requireOpen() {
    if (closed || model.closed()) {
      throw new ModelException(
          ModelException.Kind.UNAVAILABLE,
          closed ? "the session is closed" : model.info().name() + " is closed");
    }
  }
}
