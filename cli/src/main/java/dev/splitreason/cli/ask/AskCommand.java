package dev.splitreason.cli.ask;

import dev.splitreason.cli.error.ExitStatus;
import dev.splitreason.cli.options.Configurable;
import dev.splitreason.cli.options.CoreOptions;
import dev.splitreason.cli.options.Invocation;
import dev.splitreason.cli.options.PairOptions;
import dev.splitreason.cli.options.RequestOptions;
import dev.splitreason.cli.options.TextArgument;
import dev.splitreason.cli.output.Highlight;
import dev.splitreason.cli.output.Stdout;
import dev.splitreason.cli.output.Terminal;
import dev.splitreason.core.concurrent.Shutdown;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.core.trace.FinishReason;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.TraceListener;
import dev.splitreason.core.trace.Usage;
import dev.splitreason.pairs.config.Config;
import dev.splitreason.pairs.config.PairSettings;
import dev.splitreason.pairs.config.RequestSettings;
import dev.splitreason.pairs.open.Advice;
import dev.splitreason.pairs.open.OpenPair;
import dev.splitreason.pairs.open.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code splitreason ask}: answers a question with a pair of models. */
@Command(
    name = "ask",
    description = "Answer a question: the small model writes, the large one takes the hard spans.",
    customSynopsis = "splitreason ask [OPTIONS] [QUESTION]",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  splitreason ask \"Start with 37. Multiply by 48. Add 29. Subtract 85. Multiply by 12. \\",
      "Give the last two digits.\"",
      "  splitreason ask --policy large --json \"…\" | jq .answer",
      "  splitreason ask --small 1.5b.gguf --large 32b.gguf --trace traces.jsonl - < question.txt",
      "  splitreason ask --pair r1 --temperature 0.6 --seed 1 --max-offload-ratio 0.05 \"…\""
    })
public final class AskCommand implements Callable<Integer>, Configurable {

  @Parameters(
      arity = "0..1",
      paramLabel = "QUESTION",
      description = "The question; - or nothing to read it from stdin.")
  private @Nullable String question;

  @ArgGroup(validate = false, heading = "%nThe models:%n")
  private final PairOptions pairOptions = new PairOptions();

  @ArgGroup(validate = false, heading = "%nThe answer:%n")
  private final RequestOptions requestOptions = new RequestOptions();

  @ArgGroup(validate = false, heading = "%nThe machine:%n")
  private final CoreOptions cores = new CoreOptions();

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description = "Append the whole trace to a JSONL file.")
  private @Nullable Path traceFile;

  @Option(names = "--json", description = "Print one JSON document instead of text.")
  private boolean json;

  @Option(
      names = "--no-color",
      description = "Mark the large model's words with ⟦ ⟧ on a terminal too.")
  private boolean noColor;

  @ParentCommand
  @SuppressWarnings("NullAway.Init")
  private Invocation invocation;

  @Override
  public Integer call() throws IOException {
    Config config = invocation.config();
    PairSettings pair = pairOptions.choose(config);
    RequestSettings said = requestOptions.settings().over(pair.over(config.defaults()));
    int threads = cores.count();
    String asked = TextArgument.read("question", question, System.in, Terminal::isStdin).strip();
    if (asked.isEmpty()) {
      throw new UserMistake("the question is empty");
    }
    said.toOptions(); // before models are fetched for what they advise
    SplitOptions options =
        said.over(Advice.ofFirst(List.of(pair.small(), pair.large())).draws()).toOptions();

    try (TraceFile traces = traceFile == null ? null : new TraceFile(traceFile);
        Shutdown _ = Shutdown.interrupting();
        AnswerView view = view(pair)) {
      Trace trace = answer(asked, pair, options, threads, view, traces);
      view.show(trace);
      String advice = json ? null : Footer.advice(trace, options);
      if (advice != null) {
        invocation.stderr().println(advice);
      }
      return trace.finishReason() == FinishReason.CANCELLED
          ? ExitStatus.INTERRUPTED
          : ExitStatus.OK;
    }
  }

  private AnswerView view(PairSettings pair) {
    Stdout out = Stdout.ofProcess();
    if (json) {
      return new JsonView(out);
    }
    return new LiveView(out, invocation.stderr(), Highlight.forStdout(noColor), pair.tags());
  }

  private static Trace answer(
      String question,
      PairSettings settings,
      SplitOptions options,
      int threads,
      TraceListener listener,
      @Nullable TraceFile traces)
      throws IOException {
    Workload work =
        Workload.oneAnswer(options.policy(), threads).connectedWithin(options.timeBudget());
    try (OpenPair open = OpenPair.open(settings, work)) {
      Trace trace = open.ask(question, options, listener);
      // A cancelled answer leaves the thread interrupted, but it is still to be written down.
      var _ = Thread.interrupted();
      if (traces != null) {
        String id = UUID.randomUUID().toString();
        traces.append(open.recorded(id, question, options, trace));
      }
      return trace;
    } catch (InterruptedException e) {
      return cancelledBeforeItBegan(settings);
    }
  }

  private static Trace cancelledBeforeItBegan(PairSettings settings) {
    return new Trace(
        List.of(),
        new Usage(0, 0, 0, 0, 0),
        FinishReason.CANCELLED,
        false,
        null,
        0,
        List.of(),
        settings.spans());
  }
}
