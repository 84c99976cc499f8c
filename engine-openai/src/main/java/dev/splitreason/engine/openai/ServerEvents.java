package dev.splitreason.engine.openai;

import dev.splitreason.engine.openai.BoundedHttp.TooLongException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The server-sent events of a response, by the HTML standard's rules: comments, names and empty
 * events, which servers send to keep a connection alive, are passed over. No event is read without
 * bound. It does not know what the events say.
 */
final class ServerEvents {

  /** The longest event in characters: of a completion, some hundred are usual. */
  private static final int LONGEST_EVENT = 4 << 20;

  /** How much is kept of a response that is no stream of events, to tell what it says instead. */
  private static final int LONGEST_OTHER = 4096;

  private static final String DATA = "data";

  private final BufferedReader body;
  private final StringBuilder other = new StringBuilder();
  private boolean afterReturn;

  ServerEvents(InputStream body) {
    this.body = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
  }

  /**
   * The data of the next event that has some.
   *
   * @return null at the end of the response; an event that the end cuts short counts, since some
   *     servers leave out the last empty line
   */
  @Nullable String next() throws IOException {
    StringBuilder data = new StringBuilder();
    boolean any = false;
    for (String line = line(); line != null; line = line()) {
      if (line.isEmpty()) {
        if (any && !data.toString().isBlank()) {
          return data.toString();
        }
        data.setLength(0);
        any = false;
        continue;
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      if (field.equals(DATA)) {
        data.append(any ? "\n" : "").append(value(line, colon));
        any = true;
        requireShort(data);
      } else if (!field.isEmpty() && !field.equals("event") && other.length() < LONGEST_OTHER) {
        other.append(line, 0, Math.min(line.length(), LONGEST_OTHER)).append('\n');
      }
    }
    return any && !data.toString().isBlank() ? data.toString() : null;
  }

  /** The beginning of what was sent outside of events: an error page, or a document of JSON. */
  String outsideOfEvents() {
    return other.toString();
  }

  private static String value(String line, int colon) {
    if (colon < 0) {
      return "";
    }
    return line.substring(line.startsWith(" ", colon + 1) ? colon + 2 : colon + 1);
  }

  /** The next line, without its end; a reader's own has no bound. */
  private @Nullable String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = body.read(); next >= 0; next = body.read()) {
      if (next == '\n') {
        if (afterReturn) {
          afterReturn = false;
          continue;
        }
        return line.toString();
      }
      if (next == '\r') {
        // The line feed behind it, if there is one, comes when it comes: not waited for.
        afterReturn = true;
        return line.toString();
      }
      afterReturn = false;
      line.append((char) next);
      requireShort(line);
    }
    return line.isEmpty() ? null : line.toString();
  }

  private static void requireShort(StringBuilder text) throws IOException {
    if (text.length() > LONGEST_EVENT) {
      throw new TooLongException(
          "a line of its stream is longer than " + (LONGEST_EVENT >> 20) + " million letters");
    }
  }
}
