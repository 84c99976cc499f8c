package dev.splitreason.simulator.answer;

/** An answer that one model writes alone. */
final class OneModel extends Answering {

  private final Side writer;

  OneModel(Start start, boolean small) {
    super(start);
    this.writer = small ? this.small : large;
  }

  @Override
  void begin() {
    writer.misses(outline.promptTokens());
    writer.enter(
        room(),
        () -> {
          timeline.spent(LatencyPart.QUEUE);
          travel(writer, () -> write(writer, outline.text(), () -> travel(writer, this::finish)));
        });
  }
}
