package dev.splitreason.engine.openai;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One token sequence of a served model. It lives here: every request sends all of it, and a server
 * with a prefix cache computes only what is new. Appending much at once has the server read it
 * ahead of the next request.
 */
final class OpenAiSession implements Session {

  /**
   * Tokens that are worth a request of their own to have them read: it costs the server about one
   * decoded token. Prefix caches work in blocks, of 16 tokens in vLLM.
   */
  private static final int WORTH_READING_AHEAD = 64;

  /** The most tokens asked for at once where those of the prompt are not counted. */
  private static final int UNCOUNTED_SLICE = 256;

  /** vLLM tells no more unless it is started with {@code --max-logprobs}. */
  private static final int MOST_LIKELIEST = 20;

  private final OpenAiModel model;
  private final Transcript transcript;
  private int unread;
  private boolean hasDecoded;
  private volatile boolean closed;
  private volatile @Nullable Exchange<?> current;

  OpenAiSession(OpenAiModel model, Transcript transcript) {
    this.model = model;
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
    if (request.maxEntropy() < Double.POSITIVE_INFINITY) {
      throw new UnsupportedOperationException(model.info().name() + " does not tell its entropy");
    }
    List<Token> written = new ArrayList<>();
    while (true) {
      int most = Math.min(request.maxTokens() - written.size(), room());
      if (most < 1) {
        return new Decoded(written, Decoded.End.CONTEXT_FULL);
      }
      int before = written.size();
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
      if (written.size() == before) {
        return new Decoded(written, Decoded.End.CONTEXT_FULL);
      }
    }
  }

  /** One request for further tokens; {@code MAX_TOKENS} if the server ended it for want of more. */
  private Decoded.End decode(
      DecodeRequest request, int most, List<Token> written, Consumer<? super Token> onToken)
      throws InterruptedException {
    ServedTokenizer tokenizer = model.tokenizer();
    CompletionCreateParams asked =
        model
            .requests()
            .drawn(
                transcript.prompt(),
                most,
                request.sampling(),
                transcript.length(),
                tokenizer != null);
    TokenAssembly assembly = new TokenAssembly(tokenizer);
    try (CompletionStream stream = begin(CompletionStream.open(model.client(), asked))) {
      unread = 0;
      while (true) {
        CompletionChunk part = stream.next();
        for (Token token : assembly.accept(part)) {
          hasDecoded = true;
          transcript.append(token);
          written.add(token);
          boolean stop = request.stop().stopAfter(token);
          onToken.accept(token);
          if (stop) {
            return Decoded.End.STOPPED;
          }
          if (written.size() == request.maxTokens()) {
            return Decoded.End.MAX_TOKENS;
          }
        }
        if (part.finish() != null) {
          return end(part.finish());
        }
      }
    } finally {
      current = null;
    }
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
    if (request.entropy() || request.watch().length > 0) {
      throw new UnsupportedOperationException(
          model.info().name() + " tells the probabilities of the likeliest tokens only");
    }
    requireText();
    requireRoom(run.length + 1);
    int start = ids.length();
    ids.append(run);
    Sampling draw = request.draw();
    int likeliest =
        draw == null || draw.greedy()
            ? Math.min(MOST_LIKELIEST, 1 + (draw == null ? 0 : draw.bias().size()))
            : MOST_LIKELIEST;
    CompletionCreateParams asked = model.requests().scored(ids.prompt(), likeliest);
    JsonNode choice = ask(asked);
    unread = 0;
    JsonNode prompt = choice.path("prompt_logprobs");
    JsonNode last = choice.path("logprobs").path("top_logprobs").path(0);
    if (prompt.size() != start + run.length || last.isEmpty()) {
      throw new ModelException(
          ModelException.Kind.UNAVAILABLE,
          model.info().name() + " did not tell the probabilities of every token");
    }
    float[] logProbs = new float[request.logProbs() ? run.length : 0];
    int[] drawn = new int[draw == null ? 0 : run.length + 1];
    for (int i = 0; i < Math.max(logProbs.length, drawn.length); i++) {
      TopLogProbs at =
          i < run.length
              ? TopLogProbs.ofPrompt(prompt.get(start + i))
              : TopLogProbs.ofCompletion(last);
      if (i < logProbs.length) {
        logProbs[i] = at.logProb(run[i]);
      }
      if (draw != null) {
        drawn[i] = at.draw(draw, start + i, ids.before(start + i, Sampling.PENALTY_WINDOW));
      }
    }
    return new Scores(logProbs, new float[0][], new float[0], drawn);
  }

  @Override
  public void truncate(int length) {
    transcript.truncate(length);
    unread = Math.min(unread, length);
  }

  @Override
  public Session fork() {
    requireOpen();
    OpenAiSession fork = new OpenAiSession(model, transcript.copy());
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
      ask(model.requests().greedy(transcript.prompt(), 1));
      unread = 0;
    }
  }

  private JsonNode ask(CompletionCreateParams request) throws InterruptedException {
    try {
      return begin(Exchange.start("asks", () -> model.client().complete(request))).await();
    } finally {
      current = null;
    }
  }

  private <T> Exchange<T> begin(Exchange<T> exchange) {
    current = exchange;
    cancelIfClosed(exchange);
    return exchange;
  }

  private CompletionStream begin(CompletionStream stream) {
    current = stream.exchange();
    cancelIfClosed(stream.exchange());
    return stream;
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
