package dev.splitreason.engine.openai;

import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.engine.openai.CompletionRequests.Told;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one request writes, token by token. It can be left and taken up again: nobody is waited for
 * in between, and the server writes on. Closing it before its end makes the server stop.
 */
final class TokenStream implements AutoCloseable {

  private final CompletionStream stream;
  private final Function<CompletionChunk, List<Token>> assembly;
  private final Sampling sampling;
  private final Told told;
  private final Deque<Token> tokens = new ArrayDeque<>();
  private final Deque<TopLogProbs> places = new ArrayDeque<>();
  private @Nullable String finish;

  /**
   * The tokens of a request that was sent.
   *
   * @param assembly makes tokens of its parts
   * @param sampling how it draws
   * @param told what it tells beside them
   */
  TokenStream(
      CompletionStream stream,
      Function<CompletionChunk, List<Token>> assembly,
      Sampling sampling,
      Told told) {
    this.stream = stream;
    this.assembly = assembly;
    this.sampling = sampling;
    this.told = told;
  }

  /** Whether its tokens are drawn like this. */
  boolean isOf(Sampling otherSampling, Told otherTold) {
    return sampling.equals(otherSampling) && told == otherTold;
  }

  /**
   * The next token, waited for; null at the end, of which {@link #finish} tells why.
   *
   * @throws ModelException if the server fails, is silent for too long, or the connection ends
   *     before the completion
   */
  @Nullable Token next() throws InterruptedException {
    while (tokens.isEmpty() && finish == null) {
      CompletionChunk part = stream.next();
      places.addAll(part.likeliest());
      tokens.addAll(assembly.apply(part));
      finish = part.finish();
    }
    return tokens.poll();
  }

  /** The likeliest tokens in the place of the one that {@link #next} gave last, as far as told. */
  @Nullable TopLogProbs place() {
    return places.poll();
  }

  /** Why it ended. */
  String finish() {
    return Objects.requireNonNull(finish);
  }

  @Override
  public void close() {
    stream.close();
  }
}
