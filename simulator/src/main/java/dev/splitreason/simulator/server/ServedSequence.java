package dev.splitreason.simulator.server;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * One sequence on a server, with its KV cache. Requests are carried out in order, one in a pass.
 */
public final class ServedSequence {

  private final BatchServer server;
  private final Deque<Request> requests = new ArrayDeque<>();
  private int length;

  ServedSequence(BatchServer server) {
    this.server = server;
  }

  /** The server this sequence lives on. */
  public BatchServer server() {
    return server;
  }

  /** The number of tokens in the KV cache. */
  public int length() {
    return length;
  }

  /**
   * Prefills tokens that nobody waits for: requests that are waited for go first.
   *
   * @param tokens at least 1
   */
  public void prefillInBackground(int tokens, Consumer<RequestCost> done) {
    submit(new Request(tokens, 0, false, done));
  }

  /**
   * Prefills tokens.
   *
   * @param tokens at least 1
   */
  public void prefill(int tokens, Consumer<RequestCost> done) {
    submit(new Request(tokens, 0, true, done));
  }

  /**
   * Writes one token after prefilling what is missing before it. Both happen in one pass if the
   * missing tokens fit it.
   *
   * @param missing tokens to prefill, 0 or more
   */
  public void prefillAndDecode(int missing, Consumer<RequestCost> done) {
    submit(new Request(missing, 1, true, done));
  }

  /**
   * Writes tokens.
   *
   * @param tokens at least 1
   */
  public void decode(int tokens, Consumer<RequestCost> done) {
    submit(new Request(0, tokens, true, done));
  }

  /** Drops the last tokens from the KV cache. */
  public void drop(int tokens) {
    length -= tokens;
  }

  /** Calls off everything but the pass in flight. */
  public void abandon() {
    if (requests.isEmpty()) {
      return;
    }
    Request current = requests.peek();
    requests.clear();
    if (current.isInFlight()) {
      current.toPrefill = current.prefilling;
      requests.add(current);
    } else {
      server.dequeue(this);
    }
  }

  private void submit(Request request) {
    if (request.waitedFor) {
      requests.forEach(earlier -> earlier.waitedFor = true);
    }
    requests.add(request);
    if (requests.size() == 1) {
      server.enqueue(this);
    }
  }

  /** The request being carried out; only called while there is one. */
  Request current() {
    return requests.element();
  }

  void grow(int tokens) {
    length += tokens;
  }

  /** Takes the finished request off; tells whether another follows. */
  boolean next() {
    requests.remove();
    return !requests.isEmpty();
  }
}
