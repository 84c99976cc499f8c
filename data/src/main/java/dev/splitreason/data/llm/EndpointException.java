package dev.splitreason.data.llm;

/** A server did not answer; the message is one line. */
public final class EndpointException extends Exception {

  private static final long serialVersionUID = 1L;

  private final int status;

  /** With the HTTP status of the last answer, or 0 if there was none. */
  EndpointException(String message, int status) {
    super(message);
    this.status = status;
  }

  /** The same, of a request that was tried so often. */
  EndpointException after(int attempts) {
    return new EndpointException(getMessage() + ", " + attempts + " times", status);
  }

  /** Whether every other request would fail too: a wrong key, address or model, or no credit. */
  public boolean hopeless() {
    return status == 401 || status == 402 || status == 403 || status == 404;
  }

  /** Whether the server does not take a request of this form. */
  boolean refusesRequest() {
    return status == 400 || status == 422 || status == 501;
  }
}
