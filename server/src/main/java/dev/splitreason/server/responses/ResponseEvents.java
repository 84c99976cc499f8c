package dev.splitreason.server.responses;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.splitreason.core.piece.Channel;
import dev.splitreason.core.piece.Piece;
import dev.splitreason.server.answer.Answered;
import dev.splitreason.server.answer.Answered.Finish;
import dev.splitreason.server.answer.Answers;
import dev.splitreason.server.http.EventStream;
import dev.splitreason.server.openai.Extension;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A response as it grows: items, each with one part that grows piece by piece. */
final class ResponseEvents implements Answers.Listener {

  private final EventStream events;
  private final ResponseDocument begun;
  private final List<OutputItem> items = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private @Nullable Channel channel;
  private String item = "";
  private int sequence;

  /** An event; what is null is left out. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Event(
      String type,
      int sequenceNumber,
      @Nullable ResponseDocument response,
      @Nullable Integer outputIndex,
      @Nullable Integer contentIndex,
      @Nullable String itemId,
      @Nullable OutputItem item,
      OutputItem.@Nullable Part part,
      @Nullable String delta,
      @Nullable String text,
      @Nullable Extension splitreason) {}

  ResponseEvents(EventStream events, ResponseDocument begun) {
    this.events = events;
    this.begun = begun;
  }

  @Override
  public void onPiece(int choice, Piece piece) {
    if (channel != piece.channel()) {
      endItem();
      beginItem(piece.channel());
    }
    text.append(piece.text());
    send(textEvent("delta"), null, 0, null, null, piece.text(), null, Extension.OfPiece.of(piece));
  }

  @Override
  public void onEnd(int choice, Answered answered) {
    if (channel != Channel.ANSWER) {
      endItem();
      beginItem(Channel.ANSWER);
    }
    endItem();
    boolean completed = answered.finish().reason() == Finish.Reason.STOP;
    tell(
        completed ? "response.completed" : "response.incomplete",
        begun.ended(answered, items, completed));
  }

  private void beginItem(Channel next) {
    if (sequence == 0) {
      tell("response.created", begun);
      tell("response.in_progress", begun);
    }
    channel = next;
    text.setLength(0);
    item = ResponseDocument.id(next == Channel.REASONING ? "rs" : "msg");
    send(
        "response.output_item.added",
        OutputItem.of(next, item, false, null),
        null,
        null,
        null,
        null,
        null,
        null);
    send(
        "response.content_part.added",
        null,
        0,
        item,
        OutputItem.Part.of(next, ""),
        null,
        null,
        null);
  }

  private void endItem() {
    Channel ended = channel;
    if (ended == null) {
      return;
    }
    String whole = text.toString();
    send(textEvent("done"), null, 0, null, null, null, whole, null);
    send(
        "response.content_part.done",
        null,
        0,
        item,
        OutputItem.Part.of(ended, whole),
        null,
        null,
        null);
    OutputItem done = OutputItem.of(ended, item, true, whole);
    send("response.output_item.done", done, null, null, null, null, null, null);
    items.add(done);
    channel = null;
  }

  private String textEvent(String kind) {
    return (channel == Channel.REASONING ? "response.reasoning_text." : "response.output_text.")
        + kind;
  }

  private void tell(String type, ResponseDocument response) {
    var event =
        new Event(type, sequence++, response, null, null, null, null, null, null, null, null);
    events.event(type, event);
  }

  private void send(
      String type,
      @Nullable OutputItem whole,
      @Nullable Integer contentIndex,
      @Nullable String itemId,
      OutputItem.@Nullable Part part,
      @Nullable String delta,
      @Nullable String done,
      @Nullable Extension origin) {
    String id = contentIndex == null ? itemId : item;
    var event =
        new Event(
            type,
            sequence++,
            null,
            items.size(),
            contentIndex,
            id,
            whole,
            part,
            delta,
            done,
            origin);
    events.event(type, event);
  }
}
