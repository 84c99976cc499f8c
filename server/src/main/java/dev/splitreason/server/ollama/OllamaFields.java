package dev.splitreason.server.ollama;

import dev.splitreason.server.request.ChatFields;
import dev.splitreason.server.request.ChatFields.ChatMessage;
import dev.splitreason.server.request.DrawFields;
import dev.splitreason.server.request.LengthFields;
import dev.splitreason.server.request.RequestFields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/**
 * The body of {@code POST /api/chat} and {@code /api/generate}; null where it says nothing.
 *
 * @param messages of a chat
 * @param prompt of a generation
 * @param system before the prompt
 * @param raw whether no template is applied
 * @param stream true unless said
 * @param think whether the chain of thought is told; true unless said
 */
record OllamaFields(
    @Nullable String model,
    @Nullable List<@Nullable ChatMessage> messages,
    @Nullable String prompt,
    @Nullable String system,
    @Nullable Boolean raw,
    @Nullable Boolean stream,
    @Nullable Boolean think,
    @Nullable Options options,
    RequestFields.@Nullable OffloadFields offload) {

  /**
   * How it is answered.
   *
   * @param numPredict the most tokens; below 1 for as many as usual
   */
  record Options(
      @Nullable Double temperature,
      @Nullable Double topP,
      @Nullable Integer topK,
      @Nullable Double minP,
      @Nullable Double repeatPenalty,
      @Nullable Long seed,
      @Nullable Integer numPredict,
      @Nullable JsonNode stop) {

    static final Options NONE = new Options(null, null, null, null, null, null, null, null);
  }

  boolean streams() {
    return stream == null || stream;
  }

  boolean thinks() {
    return think == null || think;
  }

  boolean isRaw() {
    return raw != null && raw;
  }

  RequestFields request() {
    JsonNode stop = said().stop();
    return new RequestFields(model, 1, streams(), null, stop, false, null, offload);
  }

  DrawFields draws() {
    Options said = said();
    return new DrawFields(
        said.temperature(),
        said.topP(),
        said.topK(),
        said.minP(),
        said.repeatPenalty(),
        said.seed(),
        null);
  }

  LengthFields length() {
    Integer most = said().numPredict();
    return new LengthFields(most == null || most < 1 ? null : most, null);
  }

  /** The messages of a chat, or the one of a prompt. */
  ChatFields conversation() {
    if (prompt == null) {
      return new ChatFields(messages);
    }
    List<@Nullable ChatMessage> all = new ArrayList<>();
    if (system != null) {
      all.add(new ChatMessage("system", StringNode.valueOf(system)));
    }
    all.add(new ChatMessage("user", StringNode.valueOf(prompt)));
    return new ChatFields(all);
  }

  private Options said() {
    return options == null ? Options.NONE : options;
  }
}
