package dev.splitreason.server.openai;

import dev.splitreason.server.http.Body;
import dev.splitreason.server.request.Asked;
import dev.splitreason.server.request.Asking;
import dev.splitreason.server.request.DrawFields;
import dev.splitreason.server.request.LengthFields;
import dev.splitreason.server.request.RequestFields;
import dev.splitreason.server.request.Unsupported;
import org.jspecify.annotations.Nullable;

/** The fields that all completions of OpenAI's have. */
final class OpenAiBody {

  private OpenAiBody() {}

  static Asked read(Body body, Asking asking, @Nullable Integer usualTokens) {
    Unsupported.refuse(body);
    return asking.read(
        body.as(RequestFields.class),
        body.as(DrawFields.class),
        body.as(LengthFields.class),
        usualTokens);
  }
}
