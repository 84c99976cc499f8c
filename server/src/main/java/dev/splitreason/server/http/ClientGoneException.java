package dev.splitreason.server.http;

import io.helidon.webserver.CloseConnectionException;

/** Nobody is there any more to be answered: Helidon then closes the connection and is silent. */
public final class ClientGoneException extends CloseConnectionException {

  private static final long serialVersionUID = 1L;

  /** A client that could not be written to. */
  public ClientGoneException(Throwable cause) {
    super("the client went away", cause);
  }
}
