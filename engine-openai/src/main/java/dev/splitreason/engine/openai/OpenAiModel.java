package dev.splitreason.engine.openai;

import dev.splitreason.core.model.Capabilities;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelInfo;
import dev.splitreason.core.model.Session;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A model that an OpenAI-compatible server answers for. */
public final class OpenAiModel implements LanguageModel {

  /** The context length of a model whose server does not tell it. */
  public static final int UNKNOWN_CONTEXT = Integer.MAX_VALUE;

  private final ServerClient client;
  private final ServerTraits traits;
  private final CompletionRequests requests;
  private final ModelInfo info;
  private volatile boolean closed;

  private OpenAiModel(OpenAiOptions options, ServerClient client, ServerTraits traits) {
    this.client = client;
    this.traits = traits;
    this.requests = new CompletionRequests(options.model(), traits.kind());
    int context = options.contextLength() > 0 ? options.contextLength() : traits.contextLength();
    this.info =
        new ModelInfo(
            options.name(),
            "served by " + traits.kind().title(),
            traits.parameters(),
            context == 0 ? UNKNOWN_CONTEXT : context,
            traits.chatTemplate());
  }

  /**
   * Connects to a server and sees what it can do, with a handful of requests for a token each.
   *
   * @throws ModelException if it cannot be reached, refuses the key, has no such model or lacks
   *     what the options ask for
   */
  public static OpenAiModel connect(OpenAiOptions options) {
    ServerClient client = clientOf(options);
    try {
      ServerTraits traits =
          Exchange.start("asks what a server can do", () -> new ServerProbe(client, options).ask())
              .awaitUninterrupted(
                  options.connectLimit(),
                  () ->
                      new ModelException(
                          ModelException.Kind.UNAVAILABLE,
                          "%s did not show within %s s what it can do"
                              .formatted(options.name(), options.connectLimit().toMillis() / 1e3)));
      return new OpenAiModel(options, client, traits);
    } catch (RuntimeException e) {
      client.close();
      throw e;
    }
  }

  private static ServerClient clientOf(OpenAiOptions options) {
    try {
      URI address = new URI(options.url());
      if (address.getHost() != null && List.of("http", "https").contains(address.getScheme())) {
        return new ServerClient(options);
      }
    } catch (URISyntaxException e) {
      // Told below.
    }
    throw new ModelException(
        ModelException.Kind.NOT_LOADABLE,
        "'" + options.url() + "' is no address of a server: write http://host:8000/v1#model");
  }

  @Override
  public ModelInfo info() {
    return info;
  }

  @Override
  public Capabilities capabilities() {
    return traits.capabilities();
  }

  @Override
  public @Nullable ServedTokenizer tokenizer() {
    return traits.tokenizer();
  }

  @Override
  public Session open() {
    if (closed) {
      throw new ModelException(ModelException.Kind.UNAVAILABLE, info.name() + " is closed");
    }
    return new OpenAiSession(
        this, traits.tokenizer() == null ? new Transcript.Text() : new Transcript.Ids());
  }

  @Override
  public void close() {
    closed = true;
    client.close();
  }

  boolean closed() {
    return closed;
  }

  ServerClient client() {
    return client;
  }

  CompletionRequests requests() {
    return requests;
  }
}
