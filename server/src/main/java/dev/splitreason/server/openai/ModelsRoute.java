package dev.splitreason.server.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.splitreason.server.http.Guarded;
import dev.splitreason.server.http.Reply;
import dev.splitreason.server.pair.ServedPair;
import dev.splitreason.server.pair.ServedPairs;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code GET /v1/models}, and {@code /v1/models/NAME}. */
public final class ModelsRoute implements Guarded.Route {

  private static final String NAME = "name";

  /** What is listed of each pair; other policies are found by their name. */
  private static final List<String> VARIANTS = List.of("", ":small", ":large");

  private final ServedPairs pairs;

  /** The list of these pairs. */
  public ModelsRoute(ServedPairs pairs) {
    this.pairs = pairs;
  }

  /** All models. */
  record ModelList(String object, List<Model> data) {}

  /**
   * A model that can be asked for.
   *
   * @param created in seconds since 1970
   * @param splitreason of a pair by its own name; left out of the variants
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Model(
      String id, String object, long created, String ownedBy, @Nullable PairDocument splitreason) {
    static Model of(String name, ServedPair pair) {
      return new Model(
          name,
          "model",
          pair.created().getEpochSecond(),
          "splitreason",
          name.equals(pair.name()) ? PairDocument.of(pair) : null);
    }
  }

  @Override
  public void handle(ServerRequest request, ServerResponse response) {
    var name = request.path().pathParameters().first(NAME);
    if (name.isPresent()) {
      Reply.json(response, Model.of(name.get(), pairs.named(name.get()).pair()));
      return;
    }
    List<Model> models = pairs.all().stream().flatMap(ModelsRoute::variants).toList();
    Reply.json(response, new ModelList("list", models));
  }

  private static Stream<Model> variants(ServedPair pair) {
    return VARIANTS.stream().map(variant -> Model.of(pair.name() + variant, pair));
  }
}
