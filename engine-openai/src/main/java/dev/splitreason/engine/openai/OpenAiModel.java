package dev.splitreason.engine.openai;

import dev.splitreason.core.model.Capabilities;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelInfo;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Token;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.prompt.ChatTemplate;
import dev.splitreason.core.prompt.EmbeddedTemplate;
import dev.splitreason.core.prompt.PromptTemplate;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.engine.openai.CompletionRequests.Told;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A model that an OpenAI-compatible server answers for. */
public final class OpenAiModel implements LanguageModel {

  /** The context length of a model whose server does not tell it. */
  public static final int UNKNOWN_CONTEXT = Integer.MAX_VALUE;

  private final OpenAiOptions options;
  private final ServerClient client;
  private final ServerTraits traits;
  private final CompletionRequests requests;
  private final RunScoring scoring;
  private final ModelInfo info;
  private volatile @Nullable Tokenizer similar;
  private volatile boolean counts = true;
  private volatile boolean closed;

  private OpenAiModel(OpenAiOptions options, ServerClient client, ServerTraits traits) {
    this.options = options;
    this.client = client;
    this.traits = traits;
    this.requests = new CompletionRequests(options.model(), traits.kind());
    this.scoring = new RunScoring(client, traits.batches(), System::nanoTime);
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

  /** Opens an empty session, which is a conversation of its own. */
  @Override
  public Session open() {
    return open(Conversation.newName());
  }

  /** The model, whose requests tell of which conversation they are. */
  @Override
  public LanguageModel forConversation(String name) {
    return new Conversation(this, name);
  }

  Session open(String conversation) {
    if (closed) {
      throw new ModelException(ModelException.Kind.UNAVAILABLE, info.name() + " is closed");
    }
    return new OpenAiSession(
        this,
        requests.of(conversation),
        traits.tokenizer() == null
            ? new Transcript.Text(traits.addsBegin())
            : new Transcript.Ids());
  }

  /**
   * The model's own chat template: the source that its server tells, or the server's own rendering.
   *
   * @param tags how the hint spells the tags
   * @param thinking whether the model is told to think; null for what the template takes for it
   * @return null if the server tells none
   */
  public @Nullable PromptTemplate template(TagSpelling tags, @Nullable Boolean thinking) {
    ChatTemplate told = traits.template();
    if (told != null) {
      return told.toPrompts(tags, thinking);
    }
    ServedChat chat = ServedChat.of(client, options, thinking);
    return chat == null ? null : new EmbeddedTemplate(ChatTemplate.NAME, chat::render, tags);
  }

  @Override
  public void close() {
    closed = true;
    client.close();
  }

  /**
   * Where only text is exchanged and the server does not count either, text that cannot be a single
   * token is counted by this tokenizer.
   */
  public void countLike(Tokenizer tokenizer) {
    similar = tokenizer;
  }

  /** What a stream of this server is to tell beside its text. */
  Told told() {
    return traits.tokenizer() != null ? Told.IDS : counts ? Told.COUNTS : Told.TEXT;
  }

  /** Takes note that the server refuses to count tokens. */
  void doesNotCount() {
    counts = false;
  }

  /** Makes tokens of the parts of one stream. */
  Function<CompletionChunk, List<Token>> tokens() {
    ServedTokenizer tokenizer = traits.tokenizer();
    return tokenizer == null
        ? new TextTokens(similar)::accept
        : new TokenAssembly(tokenizer)::accept;
  }

  boolean closed() {
    return closed;
  }

  ServerClient client() {
    return client;
  }

  RunScoring scoring() {
    return scoring;
  }
}
