package dev.splitreason.cli.adapt;

import dev.splitreason.cli.error.ExitStatus;
import dev.splitreason.cli.eval.ResultsTable;
import dev.splitreason.cli.options.Configurable;
import dev.splitreason.cli.options.CoreOptions;
import dev.splitreason.cli.options.Invocation;
import dev.splitreason.cli.output.Stdout;
import dev.splitreason.core.concurrent.Shutdown;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.file.OutputFile;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.evaluation.metric.Result;
import dev.splitreason.evaluation.report.ResultsJson;
import dev.splitreason.pairs.Pairs;
import dev.splitreason.pairs.config.ModelLocation;
import dev.splitreason.pairs.config.ModelSettings;
import dev.splitreason.pairs.config.PairSettings;
import dev.splitreason.pairs.config.RequestSettings;
import dev.splitreason.pairs.open.Advice;
import dev.splitreason.pairs.open.Models;
import dev.splitreason.training.loop.Precision;
import dev.splitreason.training.run.StoppedByLossException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code splitreason adapt}: teaches a small model to call a large one. */
@Command(
    name = "adapt",
    description = {
      "Teach a small model to hand its hard spans to a large one: traces, spans, SFT, GRPO,"
          + " report.",
      "The same command goes on where it was stopped, however that was."
    },
    customSynopsis =
        "splitreason adapt --small MODEL --large MODEL --problems FILE --output DIR [OPTIONS]",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  splitreason adapt --small small.gguf --large large.gguf --problems gsm8k:train.jsonl \\",
      "      --output runs/adapted --dry-run",
      "  splitreason adapt --small small.gguf --large large.gguf --problems problems.jsonl \\",
      "      --traces traces.parquet --share 0.1 --no-grpo --output runs/adapted"
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields.
public final class AdaptCommand implements Callable<Integer>, Configurable {

  /** A training that is asked to stop saves itself first. */
  private static final Duration SAVING = Duration.ofMinutes(10);

  /** Without advice of the model: long enough for a worked solution. */
  private static final int USUAL_TOKENS = 1024;

  @Option(
      names = "--small",
      required = true,
      paramLabel = "MODEL",
      description = "The model that learns: a GGUF file or hf:OWNER/NAME[:QUANTISATION].")
  private String small;

  @Option(
      names = "--large",
      required = true,
      paramLabel = "MODEL",
      description = "The model that it is to call, likewise.")
  private String large;

  @Option(
      names = "--problems",
      required = true,
      paramLabel = "FILE",
      description =
          "Problems with reference answers, as --benchmark of eval takes them; some are kept apart"
              + " to measure on.")
  private String problems;

  @Option(
      names = {"--output", "-o"},
      required = true,
      paramLabel = "DIR",
      description = "Gets everything that is made.")
  private Path output;

  @Option(
      names = "--share",
      paramLabel = "S",
      defaultValue = "0.05",
      description = "Share that the large model is to write (default: ${DEFAULT-VALUE}).")
  private double share;

  @Option(
      names = "--traces",
      paramLabel = "FILE",
      description =
          "Learn from these traces, as annotate reads them (default: the large model's own right"
              + " answers).")
  private @Nullable String traces;

  @Option(
      names = "--dry-run",
      description = "Only tell tokens, hours, memory and disk, after measuring for some seconds.")
  private boolean dryRun;

  @Option(
      names = "--grpo",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "With --no-grpo, stop after SFT.")
  private boolean grpo;

  @Option(names = "--json", description = "Print the figures as JSON.")
  private boolean json;

  @ArgGroup(validate = false, heading = "%nHow much:%n")
  private final SizeOptions sizes = new SizeOptions();

  @ArgGroup(validate = false, heading = "%nThe models:%n")
  private final ModelOptions models = new ModelOptions();

  @ArgGroup(validate = false, heading = "%nThe machine:%n")
  private final CoreOptions cores = new CoreOptions();

  @ParentCommand private Invocation invocation;

  /** How much of everything. */
  private static final class SizeOptions {
    @Option(
        names = "--limit",
        paramLabel = "N",
        description = "Use the first N problems (default: all).")
    private int limit;

    @Option(
        names = "--held-out",
        paramLabel = "N",
        description = "Problems kept apart to measure on (default: ${DEFAULT-VALUE}).")
    private int heldOut = 100;

    @Option(
        names = "--calibrate-limit",
        paramLabel = "N",
        description =
            "Learned problems on which thresholds and the bias are searched for (default:"
                + " ${DEFAULT-VALUE}).")
    private int calibrated = 32;

    @Option(
        names = "--max-tokens",
        paramLabel = "N",
        description = "Most tokens of an answer (default: as the model asks, else 1024).")
    private @Nullable Integer maxTokens;

    @Option(
        names = "--temperature",
        paramLabel = "T",
        description = "0 is greedy (default: as the model asks, else 0).")
    private @Nullable Double temperature;

    @Option(
        names = "--epochs",
        paramLabel = "N",
        description =
            "How often SFT sees all traces (default: 3; of a model below 20 million parameters as"
                + " often as makes 600 steps).")
    private @Nullable Integer epochs;

    @Option(
        names = "--rank",
        paramLabel = "N",
        description = "Rank of the adapter (default: ${DEFAULT-VALUE}).")
    private int rank = 16;

    @Option(
        names = "--grpo-steps",
        paramLabel = "N",
        description = "Steps of GRPO (default: ${DEFAULT-VALUE}).")
    private int grpoSteps = 100;

    @Option(
        names = "--grpo-prompts",
        paramLabel = "N",
        description = "Problems of a step (default: ${DEFAULT-VALUE}).")
    private int prompts = 8;

    @Option(
        names = "--grpo-group",
        paramLabel = "N",
        description = "Answers to each (default: ${DEFAULT-VALUE}).")
    private int group = 8;

    @Option(names = "--seed", paramLabel = "N", description = "Same seed, same adapter.")
    private long seed = 1;
  }

  /** What is special about the models. */
  private static final class ModelOptions {
    @Option(
        names = "--template",
        paramLabel = "NAME",
        description = "Prompt template of both models (default: the one stored with the weights).")
    private String template = "embedded";

    @Option(
        names = "--tags",
        paramLabel = "OPEN,CLOSE",
        description =
            "How hand-overs are spelled (default: tokens that the small model has and does not"
                + " use, else the text <bigmodel>, without GRPO).")
    private @Nullable String tags;

    @Option(
        names = "--chunk",
        paramLabel = "N",
        description = "Tokens of a span between two looks of the small model.")
    private @Nullable Integer chunk;

    @Option(names = "--span-cap", paramLabel = "N", description = "Most tokens of one span.")
    private @Nullable Integer spanCap;

    @Option(
        names = "--precision",
        paramLabel = "P",
        description = "Of SFT: f32 or bf16 (default: ${DEFAULT-VALUE}).")
    private Precision precision = Precision.F32;

    @Option(
        names = "--in-flight",
        paramLabel = "N",
        description = "Answers at once (default: ${DEFAULT-VALUE}).")
    private int inFlight = 8;
  }

  @Override
  public Integer call() throws IOException {
    ModelSettings smallModel = located(small);
    ModelSettings largeModel = located(large);
    Path smallFile = file("--small", smallModel);
    TagChoice tags = TagChoice.of(smallFile, models.tags);
    SplitOptions options = options(smallModel);
    var plan =
        new AdaptPlan(
            pair(tags.tags()),
            smallFile,
            file("--large", largeModel),
            models.template,
            tags.tags(),
            tags.areTokens(),
            problems,
            traces,
            share,
            new AdaptPlan.Sizes(
                sizes.limit,
                sizes.heldOut,
                sizes.calibrated,
                options.maxTokens(),
                sizes.rank,
                sizes.epochs,
                grpo ? sizes.grpoSteps : 0,
                sizes.prompts,
                sizes.group),
            new AdaptPlan.Machine(cores.count(), models.inFlight, models.precision),
            sizes.seed);
    if (grpo && !tags.areTokens()) {
      say(
          "%s has no single tokens for %s and %s: SFT only; GRPO needs some, named with --tags"
              .formatted(small, tags.tags().open(), tags.tags().close()));
    }
    try (Shutdown _ = Shutdown.awaiting(SAVING)) {
      try {
        return dryRun ? forecast(plan, options) : adapt(plan, options);
      } catch (InterruptedException e) {
        say("stopped; what was done is in " + output + ", and the same command goes on from there");
        return ExitStatus.INTERRUPTED;
      } catch (StoppedByLossException e) {
        say(String.valueOf(e.getMessage()));
        return ExitStatus.FAILURE;
      }
    }
  }

  private int adapt(AdaptPlan plan, SplitOptions options) throws IOException, InterruptedException {
    OutputFile.makeFolder(output);
    List<Result> results = new Adaptation(plan, output, options, invocation.stderr()).run();
    Stdout out = Stdout.ofProcess();
    if (json) {
      out.json(ResultsJson.of(results));
    } else {
      out.print(ResultsTable.of(results));
      out.println("adapter: " + output.resolve("adapter"));
      out.println("report: " + output.resolve("report.html"));
    }
    return ExitStatus.OK;
  }

  private int forecast(AdaptPlan plan, SplitOptions options)
      throws IOException, InterruptedException {
    Forecast forecast = Forecast.of(plan, options);
    Stdout out = Stdout.ofProcess();
    if (json) {
      out.json(forecast);
    } else {
      forecast.lines().forEach(out::println);
    }
    return ExitStatus.OK;
  }

  private PairSettings pair(TagSpelling tags) throws IOException {
    return Pairs.builder()
        .small(small)
        .large(large)
        .template(models.template)
        .tags(tags.open(), tags.close())
        .chunk(models.chunk)
        .spanCap(models.spanCap)
        .settings(invocation.config());
  }

  private ModelSettings located(String model) throws IOException {
    return Models.located(invocation.config().model(model));
  }

  private static Path file(String option, ModelSettings model) {
    if (model.location() instanceof ModelLocation.GgufFile(Path file)) {
      return file;
    }
    throw UserMistake.ofOption(
        option, "must be a GGUF file on this machine or of the hub, not " + model.location());
  }

  private SplitOptions options(ModelSettings model) throws IOException {
    RequestSettings said =
        new RequestSettings(
            RequestSettings.Decoding.NONE,
            new RequestSettings.Draws(sizes.temperature, null, null, null, null, sizes.seed),
            new RequestSettings.Limits(sizes.maxTokens, null, null, null));
    Advice advice = Advice.of(model);
    SplitOptions options =
        said.over(invocation.config().defaults()).over(advice.request()).toOptions();
    int tokens = Objects.requireNonNullElse(advice.maxTokens(), USUAL_TOKENS);
    return sizes.maxTokens == null ? options.withMaxTokens(tokens) : options;
  }

  private void say(String line) {
    invocation.stderr().println("adapt: " + line);
  }
}
