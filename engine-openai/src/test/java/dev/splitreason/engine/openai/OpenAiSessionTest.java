package dev.splitreason.engine.openai;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.engine.contract.Passage;
import dev.splitreason.engine.contract.SessionContract;
import dev.splitreason.engine.contract.server.ModelServer;
import dev.splitreason.engine.contract.server.ServerSpelling;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What every session promises, by a served model: the bundled large one on a server of each
 * spelling.
 */
@ParameterizedClass
@EnumSource(ServerSpelling.class)
class OpenAiSessionTest implements SessionContract {

  private static final int TOKENS_OF_A_STEP = 5;

  private static final Map<ServerSpelling, ModelServer> SERVERS =
      new EnumMap<>(ServerSpelling.class);
  private static final Map<ServerSpelling, OpenAiModel> MODELS =
      new EnumMap<>(ServerSpelling.class);

  /** The token that ends a text, which is not to be drawn where that can be asked for. */
  private static int ender;

  private final ServerSpelling spelling;

  OpenAiSessionTest(ServerSpelling spelling) {
    this.spelling = spelling;
  }

  @BeforeAll
  static void serve() throws IOException {
    LanguageModel large = BundledModels.load("large.gguf", CONTEXT);
    ender =
        Objects.requireNonNull(
            Objects.requireNonNull(large.tokenizer()).idOf("<｜end▁of▁sentence｜>"));
    for (ServerSpelling spelling : ServerSpelling.values()) {
      SERVERS.put(spelling, new ModelServer(spelling, Map.of("large", large)));
      MODELS.put(spelling, connect(spelling));
    }
  }

  @AfterAll
  static void close() {
    MODELS.values().forEach(OpenAiModel::close);
    SERVERS.values().forEach(ModelServer::close);
  }

  private static OpenAiModel connect(ServerSpelling spelling) {
    return OpenAiModel.connect(
        OpenAiOptions.of(Objects.requireNonNull(SERVERS.get(spelling)).url(), "large"));
  }

  @Override
  public LanguageModel model() {
    return Objects.requireNonNull(MODELS.get(spelling));
  }

  @Override
  public LanguageModel anotherModel() {
    return connect(spelling);
  }

  /** Greedy: at a temperature, the place where a request begins decides what its server draws. */
  @Override
  public Sampling steady() {
    return endless(Sampling.GREEDY);
  }

  /** So hot that a model which is sure of its text leaves it. */
  @Override
  public Sampling warm() {
    return endless(Sampling.at(8, 42));
  }

  private Sampling endless(Sampling sampling) {
    return model().capabilities().logitBias() ? sampling.forbidding(ender) : sampling;
  }

  /** Where text is exchanged: what the model was made to go on with, so that it does not end. */
  @Override
  public Passage passage(int seed, int tokens) {
    return model().capabilities().tokenIds()
        ? SessionContract.super.passage(seed, tokens)
        : new Passage.Text(chainProblem(seed, tokens / TOKENS_OF_A_STEP));
  }

  private static String chainProblem(int seed, int steps) {
    SplittableRandom random = new SplittableRandom(seed);
    String[] verbs = {"Add", "Subtract", "Multiply by"};
    return IntStream.range(0, steps)
        .mapToObj(step -> " " + verbs[random.nextInt(3)] + " " + random.nextInt(10, 100) + ".")
        .collect(
            Collectors.joining(
                "",
                "<｜begin▁of▁sentence｜><｜User｜>Start with " + random.nextInt(10, 100) + ".",
                " Give the last two digits.<｜Assistant｜><think>\n"));
  }
}
