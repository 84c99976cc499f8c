package dev.splitreason.simulator.server;

import java.util.function.Consumer;

/** What is left to do of one request: prefill, then decode. */
final class Request {

  final Consumer<RequestCost> done;
  boolean waitedFor;
  int toPrefill;
  int toDecode;

  /** Tokens to prefill that the pass in flight takes; 0 when none does. */
  int prefilling;

  /** Whether the pass in flight writes a token of this request. */
  boolean decoding;

  double decodeSeconds;
  double prefillSeconds;
  double lastStepSeconds;

  Request(int toPrefill, int toDecode, boolean waitedFor, Consumer<RequestCost> done) {
    if (toPrefill < 0 || toDecode < 0 || toPrefill + toDecode == 0) {
      throw new IllegalArgumentException(
          "a request needs something to do, not " + toPrefill + " + " + toDecode + " tokens");
    }
    this.toPrefill = toPrefill;
    this.toDecode = toDecode;
    this.waitedFor = waitedFor;
    this.done = done;
  }

  boolean isInFlight() {
    return decoding || prefilling > 0;
  }

  boolean isDone() {
    return toPrefill == 0 && toDecode == 0;
  }

  RequestCost work() {
    return new RequestCost(decodeSeconds, prefillSeconds, lastStepSeconds);
  }
}
