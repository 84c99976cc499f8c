package dev.splitreason.engine.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.TokenKind;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.text.ByteLetters;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The vocabulary of a served model, asked of the server: {@code /tokenize} and {@code /detokenize}
 * of vLLM or llama-server. A server does not tell its whole vocabulary, so what an id stands for is
 * learned as it comes. Short texts, such as tags, are asked for once.
 */
final class ServedTokenizer implements Tokenizer {

  /** How a server spells its questions and answers. */
  enum Dialect {
    VLLM,
    LLAMA_SERVER
  }

  /** One token of a text. */
  private record Piece(int id, byte[] bytes) {}

  private static final int SHORT_TEXT = 64;
  private static final int MOST_SHORT_TEXTS = 1000;

  /**
   * What control tokens look like. Servers take their spellings in a text for the tokens, some of
   * them even when asked not to; words of a user that look so are cut.
   */
  private static final Pattern CONTROL_LIKE = Pattern.compile("[<\\[].+[>\\]]", Pattern.DOTALL);

  private final ServerClient client;
  private final OpenAiOptions options;
  private final Dialect dialect;
  private final int size;
  private final Set<Integer> enders = ConcurrentHashMap.newKeySet();
  private final Map<Integer, byte[]> known = new ConcurrentHashMap<>();
  private final Map<String, List<Piece>> shortTexts = new ConcurrentHashMap<>();

  private ServedTokenizer(ServerClient client, OpenAiOptions options, Dialect dialect, int size) {
    this.client = client;
    this.options = options;
    this.dialect = dialect;
    this.size = size;
  }

  /**
   * The tokenizer of a server that is seen to have one whose tokens are exactly the bytes of the
   * text; null if it is not. To be called within an exchange.
   *
   * @param size of the vocabulary, as far as it is known
   */
  static @Nullable ServedTokenizer of(ServerClient client, OpenAiOptions options, int size) {
    // White space, a character of several bytes, a number: what tokenizers treat differently.
    String probe = "1 a\n é 21";
    for (Dialect dialect : Dialect.values()) {
      var tokenizer = new ServedTokenizer(client, options, dialect, size);
      List<Piece> pieces = tokenizer.read(tokenizer.ask(probe, true));
      if (pieces != null && Arrays.equals(bytes(pieces), utf8(probe))) {
        return tokenizer;
      }
    }
    return null;
  }

  @Override
  public int[] tokenize(String text) {
    return ids(words(text));
  }

  @Override
  public int[] tokenizeWithControl(String text) {
    return ids(pieces(text, true));
  }

  @Override
  public byte[] bytes(int id) {
    byte[] bytes = known.get(id);
    return bytes == null ? known.computeIfAbsent(id, this::detokenize) : bytes;
  }

  /** The bytes of an id if they have been seen, else null. */
  byte @Nullable [] knownBytes(int id) {
    return known.get(id);
  }

  /** Takes note of what an id stands for. */
  void learn(int id, byte[] bytes) {
    known.putIfAbsent(id, bytes);
  }

  @Override
  public @Nullable Integer idOf(String text) {
    List<Piece> pieces = pieces(text, true);
    return pieces.size() == 1 ? pieces.getFirst().id() : null;
  }

  @Override
  public boolean endsText(int id) {
    return enders.contains(id);
  }

  /** Takes note of a token that ends the text. */
  void learnEnder(int id) {
    enders.add(id);
  }

  @Override
  public int size() {
    return size;
  }

  /** By its spelling: a server does not tell what its tokens are for. */
  @Override
  public TokenKind kind(int id) {
    return looksLikeControl(bytes(id)) ? TokenKind.CONTROL : TokenKind.TEXT;
  }

  @Override
  public boolean listed() {
    return false;
  }

  /** Whether a token's bytes look like the spelling of a control token. */
  static boolean looksLikeControl(byte[] bytes) {
    return CONTROL_LIKE.matcher(new String(bytes, StandardCharsets.UTF_8)).matches();
  }

  /** Whether the server sends no ids of tokens that end inside a character. */
  boolean omitsTokens() {
    return dialect == Dialect.LLAMA_SERVER;
  }

  private List<Piece> words(String text) {
    List<Piece> pieces = pieces(text, false);
    for (Piece piece : pieces) {
      if (looksLikeControl(piece.bytes())) {
        String spelling = new String(piece.bytes(), StandardCharsets.UTF_8);
        // Cut after its first character, so that it stays words.
        int cut = text.indexOf(spelling) + 1;
        if (cut > 0) {
          return IntStream.of(0, 1)
              .mapToObj(side -> side == 0 ? text.substring(0, cut) : text.substring(cut))
              .flatMap(side -> words(side).stream())
              .toList();
        }
      }
    }
    return pieces;
  }

  private List<Piece> pieces(String text, boolean control) {
    if (text.isEmpty()) {
      return List.of();
    }
    if (text.length() > SHORT_TEXT || shortTexts.size() > MOST_SHORT_TEXTS) {
      return askFor(text, control);
    }
    String key = control + text;
    List<Piece> pieces = shortTexts.get(key);
    if (pieces == null) {
      pieces = askFor(text, control);
      shortTexts.put(key, pieces);
    }
    return pieces;
  }

  private List<Piece> askFor(String text, boolean control) {
    JsonNode answer = Exchange.start("tokenizes", () -> ask(text, control)).awaitUninterrupted();
    List<Piece> pieces = read(answer);
    if (pieces == null || !Arrays.equals(bytes(pieces), utf8(text))) {
      throw new ModelException(
          ModelException.Kind.UNAVAILABLE,
          options.name() + " does not tell the tokens of a text of " + text.length() + " letters");
    }
    pieces.forEach(piece -> learn(piece.id(), piece.bytes()));
    return pieces;
  }

  private @Nullable JsonNode ask(String text, boolean control) {
    Map<String, Object> question =
        switch (dialect) {
          case VLLM ->
              Map.of(
                  "model",
                  options.model(),
                  "prompt",
                  text,
                  "add_special_tokens",
                  false,
                  "return_token_strs",
                  true);
          case LLAMA_SERVER ->
              Map.of(
                  "content",
                  text,
                  "add_special",
                  false,
                  "parse_special",
                  control,
                  "with_pieces",
                  true);
        };
    return client.askBeside("tokenize", question);
  }

  private @Nullable List<Piece> read(@Nullable JsonNode answer) {
    if (answer == null) {
      return null;
    }
    JsonNode tokens = answer.path("tokens");
    return switch (dialect) {
      case VLLM -> {
        JsonNode spellings = answer.path("token_strs");
        yield tokens.isArray() && spellings.size() == tokens.size()
            ? IntStream.range(0, tokens.size())
                .mapToObj(
                    i ->
                        new Piece(
                            tokens.get(i).asInt(), ByteLetters.bytes(spellings.get(i).asText())))
                .toList()
            : null;
      }
      case LLAMA_SERVER ->
          tokens.isArray() && tokens.path(0).has("piece")
              ? IntStream.range(0, tokens.size())
                  .mapToObj(i -> new Piece(tokens.get(i).path("id").asInt(), piece(tokens.get(i))))
                  .toList()
              : null;
    };
  }

  private static byte[] piece(JsonNode token) {
    JsonNode piece = token.path("piece");
    return piece.isTextual() ? utf8(piece.asText()) : CompletionChunk.bytes(piece);
  }

  private byte[] detokenize(int id) {
    Map<String, Object> question =
        dialect == Dialect.VLLM
            ? Map.of("model", options.model(), "tokens", List.of(id))
            : Map.of("tokens", List.of(id));
    JsonNode answer =
        Exchange.start("detokenizes", () -> client.askBeside("detokenize", question))
            .awaitUninterrupted();
    JsonNode text =
        answer == null ? null : answer.path(dialect == Dialect.VLLM ? "prompt" : "content");
    if (text == null || !text.isTextual()) {
      throw new ModelException(
          ModelException.Kind.UNAVAILABLE,
          options.name() + " does not tell what its token " + id + " is");
    }
    return utf8(text.asText());
  }

  private static int[] ids(List<Piece> pieces) {
    return pieces.stream().mapToInt(Piece::id).toArray();
  }

  private static byte[] bytes(List<Piece> pieces) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    pieces.forEach(piece -> bytes.writeBytes(piece.bytes()));
    return bytes.toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
