package dev.splitreason.server.anthropic;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.splitreason.core.piece.Channel;
import dev.splitreason.core.piece.Piece;
import dev.splitreason.server.answer.Answered;
import dev.splitreason.server.answer.Answers;
import dev.splitreason.server.anthropic.MessageDocument.Block;
import dev.splitreason.server.anthropic.MessageDocument.Usage;
import dev.splitreason.server.http.EventStream;
import org.jspecify.annotations.Nullable;

/** A message as it grows, as Anthropic's events: blocks, each with its pieces. */
final class MessageEvents implements Answers.Listener {

  private final EventStream events;
  private final String id;
  private final String model;
  private final boolean thinks;
  private @Nullable Channel block;
  private int blocks;
  private boolean begun;

  private record MessageStart(String type, MessageDocument message) {}

  private record BlockStart(String type, int index, Block contentBlock) {}

  private record BlockDelta(String type, int index, Delta delta) {}

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Delta(String type, @Nullable String text, @Nullable String thinking) {}

  private record BlockStop(String type, int index) {}

  private record MessageDelta(String type, End delta, Usage usage) {}

  private record End(String stopReason, @Nullable String stopSequence) {}

  private record MessageStop(String type) {}

  MessageEvents(EventStream events, String id, String model, boolean thinks) {
    this.events = events;
    this.id = id;
    this.model = model;
    this.thinks = thinks;
  }

  @Override
  public void onPiece(int choice, Piece piece) {
    boolean reasons = piece.channel() == Channel.REASONING;
    if (reasons && !thinks) {
      begin();
      return;
    }
    if (block != piece.channel()) {
      endBlock();
      beginBlock(piece.channel());
    }
    Delta delta =
        reasons
            ? new Delta("thinking_delta", null, piece.text())
            : new Delta("text_delta", piece.text(), null);
    events.event("content_block_delta", new BlockDelta("content_block_delta", blocks, delta));
  }

  @Override
  public void onEnd(int choice, Answered answered) {
    if (block != Channel.ANSWER) {
      endBlock();
      beginBlock(Channel.ANSWER);
    }
    endBlock();
    var end = new End(MessageDocument.stopReason(answered), answered.finish().stop());
    events.event("message_delta", new MessageDelta("message_delta", end, Usage.of(answered)));
    events.event("message_stop", new MessageStop("message_stop"));
  }

  private void begin() {
    if (!begun) {
      begun = true;
      events.event(
          "message_start", new MessageStart("message_start", MessageDocument.begun(id, model)));
    }
  }

  private void beginBlock(Channel channel) {
    begin();
    block = channel;
    Block empty = channel == Channel.REASONING ? Block.thinking("") : Block.text("");
    events.event("content_block_start", new BlockStart("content_block_start", blocks, empty));
  }

  private void endBlock() {
    if (block != null) {
      events.event("content_block_stop", new BlockStop("content_block_stop", blocks));
      blocks++;
      block = null;
    }
  }
}
