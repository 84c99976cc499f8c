package dev.splitreason.engine.openai;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.Decoded;
import dev.splitreason.core.model.Nudge;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A decode with a {@link Nudge} on a server, which draws with the bias or without it: where the
 * nudge's token comes, that place is asked for once more without. Greedy, that is what a nudge
 * promises; at a temperature the server draws that place anew.
 */
final class NudgedDecode {

  private final Session session;
  private final DecodeRequest request;
  private final Nudge nudge;
  private final DecodeRequest plain;
  private final List<Token> written = new ArrayList<>();

  NudgedDecode(Session session, DecodeRequest request, Nudge nudge) {
    this.session = session;
    this.request = request;
    this.nudge = nudge;
    this.plain = DecodeRequest.upTo(1, request.sampling());
  }

  Decoded write(Consumer<? super Token> onToken) throws InterruptedException {
    while (true) {
      DecodeRequest biased =
          DecodeRequest.upTo(request.maxTokens() - written.size(), nudge.in(request.sampling()))
              .withMaxEntropy(request.maxEntropy())
              .withStop(token -> token.id() == nudge.id() || request.stop().stopAfter(token));
      Decoded decoded = session.decode(biased, token -> take(token, onToken));
      boolean came = !decoded.tokens().isEmpty() && decoded.tokens().getLast().id() == nudge.id();
      if (!came) {
        return new Decoded(written, decoded.end());
      }
      int place = session.length() - 1;
      session.truncate(place);
      Decoded without = session.decode(plain, token -> {});
      if (without.tokens().isEmpty() || without.tokens().getFirst().id() != nudge.id()) {
        session.truncate(place);
        return new Decoded(written, Decoded.End.NUDGED);
      }
      Token token = without.tokens().getFirst();
      written.add(token);
      boolean ends = request.stop().stopAfter(token);
      onToken.accept(token);
      if (ends) {
        return new Decoded(written, Decoded.End.STOPPED);
      }
      if (written.size() == request.maxTokens()) {
        return new Decoded(written, Decoded.End.MAX_TOKENS);
      }
    }
  }

  private void take(Token token, Consumer<? super Token> onToken) {
    if (token.id() != nudge.id()) {
      written.add(token);
      onToken.accept(token);
    }
  }
}
