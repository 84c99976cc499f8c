package dev.splitreason.server.http;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.files.jsonl.Json;
import dev.splitreason.server.error.Refusal;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON object that a request has as its body. Records read the fields that they name, several
 * of them the same body; nobody minds fields that no record names.
 */
public record Body(ObjectNode fields) {

  private static final JsonMapper MAPPER =
      Json.MAPPER
          .rebuild()
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  /**
   * Reads the body of a request.
   *
   * @throws Refusal if it is no JSON object
   */
  public static Body of(ServerRequest request) {
    try {
      if (MAPPER.readTree(bytes(request)) instanceof ObjectNode fields) {
        return new Body(fields);
      }
      throw new Refusal(Refusal.Kind.INVALID, "the body must be a JSON object");
    } catch (JacksonException e) {
      throw new Refusal(Refusal.Kind.INVALID, "the body is not valid JSON: " + Json.complaint(e));
    }
  }

  private static byte[] bytes(ServerRequest request) {
    if (!request.content().hasEntity()) {
      return new byte[0];
    }
    int most = (int) request.listenerContext().config().maxPayloadSize() - 1;
    try {
      // A body that does not tell its length is counted as it comes.
      byte[] bytes = request.content().inputStream().readNBytes(most + 1);
      if (bytes.length <= most) {
        return bytes;
      }
    } catch (IOException | DataReader.InsufficientDataAvailableException e) {
      throw new ClientGoneException(e);
    } catch (IllegalArgumentException e) {
      // Helidon's, of the length that a chunk says it has.
      throw new Refusal(Refusal.Kind.INVALID, "the body is not sent as HTTP has it");
    }
    throw new Refusal(
        Refusal.Kind.TOO_LARGE, "a body may have " + most + " bytes here, and this one has more");
  }

  /**
   * The fields that a record names.
   *
   * @throws Refusal that names the field whose value cannot be meant
   */
  public <T extends Record> T as(Class<T> type) {
    try {
      return MAPPER.treeToValue(fields, type);
    } catch (JacksonException e) {
      throw e.getCause() instanceof UserMistake mistake
          ? Refusal.invalid(path(e), mistake.getMessage())
          : Refusal.invalid(path(e), path(e) + ": " + Json.complaint(e));
    }
  }

  /** A field; a missing node if it is not there or null. */
  public JsonNode field(String name) {
    JsonNode value = fields.path(name);
    return value.isNull() ? fields.path("") : value;
  }

  private static String path(JacksonException error) {
    return error.getPath().stream()
        .map(
            reference ->
                reference.getPropertyName() == null
                    ? "[" + reference.getIndex() + "]"
                    : "." + reference.getPropertyName())
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }
}
