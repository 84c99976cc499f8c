package dev.splitreason.pairs;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.pairs.config.Config;
import dev.splitreason.pairs.config.ConfigReader;
import dev.splitreason.pairs.config.ModelLocation;
import dev.splitreason.pairs.config.ModelSettings;
import dev.splitreason.pairs.config.PairSettings;
import dev.splitreason.pairs.open.OpenPair;
import dev.splitreason.pairs.open.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Says which pair is meant, what is different about it this time, and what it is opened for. What
 * is not said, or said with null, stays as the named pair has it; without a name that is the
 * default pair of the configuration.
 */
public final class PairBuilder {

  private @Nullable String name;
  private @Nullable String small;
  private @Nullable String large;
  private @Nullable String smallAdapter;
  private @Nullable String largeAdapter;
  private @Nullable String base;
  private @Nullable String template;
  private @Nullable String smallTemplate;
  private @Nullable String largeTemplate;
  private @Nullable Boolean thinking;
  private @Nullable TagSpelling tags;
  private @Nullable Integer chunk;
  private @Nullable Integer spanCap;
  private @Nullable Integer context;
  private @Nullable Integer gpuLayers;
  private boolean unsafe;
  private @Nullable String apiKeyVariable;
  private @Nullable Path configuration;
  private Workload work = Workload.DEFAULT;

  PairBuilder() {}

  /** A pair of the configuration file, or the bundled {@code chain}. */
  public PairBuilder pair(@Nullable String name) {
    this.name = name;
    return this;
  }

  /**
   * Another small model: a GGUF file, {@code URL#model} of an OpenAI-compatible server, or a name
   * of the configuration. What belongs to the small side of the named pair (template, base, tags,
   * chunk, span cap) is dropped with it.
   */
  public PairBuilder small(@Nullable String model) {
    this.small = model;
    return this;
  }

  /** Another large model, likewise; the named pair's template for it is dropped. */
  public PairBuilder large(@Nullable String model) {
    this.large = model;
    return this;
  }

  /**
   * A LoRA adapter for the small model, a GGUF file or {@code hf:OWNER/NAME:FILE}, instead of the
   * one it has. Nothing else of the named pair is dropped: it is the same model, tuned.
   */
  public PairBuilder smallAdapter(@Nullable String adapter) {
    this.smallAdapter = adapter;
    return this;
  }

  /** A LoRA adapter for the large model, likewise. */
  public PairBuilder largeAdapter(@Nullable String adapter) {
    this.largeAdapter = adapter;
    return this;
  }

  /** The small model before it learned to offload, for policies that follow no tags. */
  public PairBuilder base(@Nullable String model) {
    this.base = model;
    return this;
  }

  /**
   * The prompt template of all models: {@code deepseek-r1}, {@code chatml}, {@code chain}, {@code
   * embedded} (the one stored with the weights) or a file.
   */
  public PairBuilder template(@Nullable String nameOrFile) {
    this.template = nameOrFile;
    return this;
  }

  /** The prompt template of the small model and the base alone, likewise. */
  public PairBuilder smallTemplate(@Nullable String nameOrFile) {
    this.smallTemplate = nameOrFile;
    return this;
  }

  /** The prompt template of the large model alone, likewise. */
  public PairBuilder largeTemplate(@Nullable String nameOrFile) {
    this.largeTemplate = nameOrFile;
    return this;
  }

  /** Whether the models are told to think, where their templates can tell it. */
  public PairBuilder thinking(@Nullable Boolean thinking) {
    this.thinking = thinking;
    return this;
  }

  /** How the tags are spelled. */
  public PairBuilder tags(String open, String close) {
    this.tags = new TagSpelling(open, close);
    return this;
  }

  /** Tokens of a span between two looks of the small model, at least 1. */
  public PairBuilder chunk(@Nullable Integer tokens) {
    this.chunk = atLeast(1, "chunk", tokens);
    return this;
  }

  /** The most tokens of one span, at least 1. */
  public PairBuilder spanCap(@Nullable Integer tokens) {
    this.spanCap = atLeast(1, "span cap", tokens);
    return this;
  }

  /** Tokens that prompt and answer may have together, at least 1. */
  public PairBuilder context(@Nullable Integer tokens) {
    this.context = atLeast(1, "context", tokens);
    return this;
  }

  /** Layers computed on a GPU, if there is one. */
  public PairBuilder gpuLayers(@Nullable Integer layers) {
    this.gpuLayers = atLeast(0, "number of GPU layers", layers);
    return this;
  }

  /**
   * Opens model files even if their architecture is not known to work, after a trial in a process
   * of its own.
   */
  public PairBuilder unsafe(boolean unsafe) {
    this.unsafe = unsafe;
    return this;
  }

  /** The environment variable that holds the API key for models on servers. */
  public PairBuilder apiKeyVariable(@Nullable String variable) {
    this.apiKeyVariable = variable;
    return this;
  }

  /** A configuration file instead of the one at the usual place. */
  public PairBuilder configuration(@Nullable Path file) {
    this.configuration = file;
    return this;
  }

  /** The only policies it will be asked for, so that a model which none needs is not opened. */
  public PairBuilder policies(Policy... policies) {
    this.work = work.by(List.of(policies));
    return this;
  }

  /** CPU threads for all models together; 0, the default, for one a core. */
  public PairBuilder cores(int threads) {
    this.work = work.onCores(threads);
    return this;
  }

  /** The most answers under way at once; 8 unless said. */
  public PairBuilder answersAtOnce(int answers) {
    this.work = work.ofAnswersAtOnce(answers);
    return this;
  }

  /**
   * The pair that is meant.
   *
   * @throws UserMistake if a name is unknown
   */
  public PairSettings settings(Config config) {
    PairSettings named = config.pair(name);
    ModelSettings chosenSmall = small == null ? named.small() : config.model(small);
    ModelSettings chosenLarge = large == null ? named.large() : config.model(large);
    boolean ownSmall = chosenSmall.equals(named.small());
    boolean ownLarge = chosenLarge.equals(named.large());
    ModelSettings tunedSmall = adapted(chosenSmall, smallAdapter);
    ModelSettings tunedLarge = adapted(chosenLarge, largeAdapter);
    ModelSettings ownBase = ownSmall ? named.base() : null;
    ModelSettings chosenBase = base == null ? ownBase : config.model(base);
    return new PairSettings(
        tunedSmall.equals(named.small()) && tunedLarge.equals(named.large())
            ? named.name()
            : tunedSmall.name() + " + " + tunedLarge.name(),
        loadedSo(tunedSmall),
        loadedSo(tunedLarge),
        chosenBase == null ? null : loadedSo(chosenBase),
        template(smallTemplate, ownSmall ? named.smallTemplate() : null),
        template(largeTemplate, ownLarge ? named.largeTemplate() : null),
        spans(ownSmall ? named.spans() : SpanSettings.DEFAULT),
        // A number that was found for two models says nothing about others.
        ownSmall && ownLarge && ownBase == chosenBase ? named.policy() : null);
  }

  /**
   * Opens the pair. Closing it frees the models.
   *
   * @throws UserMistake if a name is unknown or the configuration wrong
   * @throws dev.splitreason.core.model.ModelException if a model cannot be opened
   * @throws UncheckedIOException if the configuration cannot be read
   * @throws CancellationException if the calling thread is interrupted; its flag is set again
   */
  public OpenPair open() {
    try {
      Config config = ConfigReader.load(configuration, System.getenv());
      PairSettings pair = settings(config);
      return OpenPair.open(pair, work).answering(pair.over(config.defaults()).toOptions());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while the pair was opened");
    }
  }

  /** What is said of one side wins over what is said of both, and that over the named pair's. */
  private @Nullable String template(@Nullable String ofSide, @Nullable String usual) {
    return ofSide != null ? ofSide : template != null ? template : usual;
  }

  /** Another adapter makes it another model, which its name tells wherever results are kept. */
  private static ModelSettings adapted(ModelSettings model, @Nullable String adapter) {
    return adapter == null
        ? model
        : model
            .named(model.name() + " with " + adapter)
            .withAdapter(ModelLocation.parse(adapter, Path.of("")));
  }

  private ModelSettings loadedSo(ModelSettings model) {
    return model
        .withContext(context == null ? model.context() : context)
        .withGpuLayers(gpuLayers == null ? model.gpuLayers() : gpuLayers)
        .withUnsafe(unsafe || model.unsafe())
        .withThinking(thinking == null ? model.thinking() : thinking)
        .withServer(
            apiKeyVariable == null
                ? model.server()
                : model.server().withApiKeyVariable(apiKeyVariable));
  }

  private SpanSettings spans(SpanSettings usual) {
    return new SpanSettings(
        tags == null ? usual.tags() : tags,
        chunk == null ? usual.chunk() : chunk,
        spanCap == null ? usual.cap() : spanCap);
  }

  private static @Nullable Integer atLeast(int least, String what, @Nullable Integer value) {
    if (value != null && value < least) {
      throw new UserMistake("the " + what + " must be at least " + least + ", not " + value);
    }
    return value;
  }
}
