package dev.splitreason.server.openai;

import dev.splitreason.server.answer.Answered.Finish;

/** Why an answer ended, in OpenAI's words. */
final class FinishLabel {

  private FinishLabel() {}

  static String of(Finish finish) {
    return switch (finish.reason()) {
      case STOP -> "stop";
      case LENGTH, TIMEOUT, CANCELLED -> "length";
    };
  }
}
