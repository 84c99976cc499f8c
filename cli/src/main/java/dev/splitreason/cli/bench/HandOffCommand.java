package dev.splitreason.cli.bench;

import dev.splitreason.cli.error.ExitStatus;
import dev.splitreason.cli.options.CoreOptions;
import dev.splitreason.cli.output.Stdout;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.model.TokenKind;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.engine.llamacpp.LlamaCppModel;
import dev.splitreason.engine.llamacpp.LlamaCppOptions;
import dev.splitreason.evaluation.handoff.HandOffReport;
import dev.splitreason.evaluation.handoff.Replay;
import dev.splitreason.evaluation.handoff.Script;
import dev.splitreason.evaluation.handoff.Ways;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code splitreason bench handoff}: every way to decode one answer, in turns. */
@Command(
    name = "handoff",
    description =
        "Decodes an answer that is known beforehand with two models of one vocabulary, in every way"
            + " there is, and compares their times with the ideal.")
public final class HandOffCommand implements Callable<Integer> {

  /** No such token is a part of a character or of a tag. */
  private static final String LETTERS = " ?[a-zA-Z]+";

  @Option(
      names = "--small",
      required = true,
      paramLabel = "GGUF",
      description = "The small model. Random weights do: make-model.")
  @SuppressWarnings("NullAway.Init")
  private Path small;

  @Option(names = "--large", required = true, paramLabel = "GGUF", description = "The large model.")
  @SuppressWarnings("NullAway.Init")
  private Path large;

  @Option(
      names = "--tags",
      split = ",",
      arity = "1",
      paramLabel = "OPEN,CLOSE",
      description = "Two control tokens of the vocabulary (default: ${DEFAULT-VALUE}).")
  private List<String> tags = List.of("<bigmodel>", "</bigmodel>");

  @Option(names = "--prompt", description = "Tokens of the prompt (default: ${DEFAULT-VALUE}).")
  private int prompt = 128;

  @Option(names = "--tokens", description = "Tokens of the answer (default: ${DEFAULT-VALUE}).")
  private int tokens = 400;

  @Option(
      names = "--share",
      description = "The large model's share of the answer (default: ${DEFAULT-VALUE}).")
  private double share = 0.05;

  @Option(
      names = "--spans",
      split = "-",
      paramLabel = "SHORTEST-LONGEST",
      description = "Tokens of a span (default: 16-64).")
  private List<Integer> spans = List.of(16, 64);

  @Option(
      names = "--draft",
      description = "Tokens drafted for speculative decoding (default: ${DEFAULT-VALUE}).")
  private int draft = 4;

  @Option(
      names = "--acceptance",
      description = "How likely a drafted token is right (default: ${DEFAULT-VALUE}).")
  private double acceptance = 0.7;

  @Option(
      names = "--ways",
      split = ",",
      paramLabel = "WAY",
      description = "Which ways, beside the two models alone (default: all).")
  private @Nullable Set<String> chosen;

  @Option(
      names = "--repetitions",
      description = "Turns; medians count (default: ${DEFAULT-VALUE}).")
  private int repetitions = 5;

  @Option(names = "--seed", description = "Of the answer (default: ${DEFAULT-VALUE}).")
  private long seed = 1;

  @Mixin
  @SuppressWarnings("NullAway.Init")
  private CoreOptions cores;

  @Option(names = "--json", description = "Print one JSON document.")
  private boolean json;

  @ParentCommand
  @SuppressWarnings("NullAway.Init")
  private BenchCommand bench;

  /** A way to decode, which can be taken again and again. */
  @FunctionalInterface
  private interface Way {
    Replay take() throws InterruptedException;
  }

  @Override
  public Integer call() throws InterruptedException {
    requireSense();
    LlamaCppOptions options =
        LlamaCppOptions.DEFAULTS
            .withContextLength(prompt + 2 * tokens + 64)
            .withMaxSessions(16)
            .withCores(cores.count());
    try (LlamaCppModel first = LlamaCppModel.load(small, options);
        LlamaCppModel second = LlamaCppModel.load(large, options)) {
      Script script = script(first.tokenizer());
      Ways ways =
          new Ways(
              first,
              second,
              Arrays.copyOf(script.large(), prompt),
              script,
              new TagSpelling(tags.get(0), tags.get(1)));
      Map<String, List<Replay>> replays = replays(ways(ways));
      HandOffReport report =
          HandOffReport.of(
              small.getFileName().toString(), large.getFileName().toString(), script, replays);
      if (json) {
        Stdout.ofProcess().json(report);
      } else {
        Stdout.ofProcess().print(report.table());
      }
    }
    return ExitStatus.OK;
  }

  private void requireSense() {
    if (tags.size() != 2 || spans.size() != 2) {
      throw new UserMistake("--tags and --spans are two values each");
    }
    if (prompt < 2 || prompt > tokens || repetitions < 1 || draft < 1) {
      throw new UserMistake(
          "a prompt has 2 tokens or more, and no more than the answer; a draft 1 or more");
    }
    if (!(share > 0 && share < 1) || spans.get(0) < 1 || spans.get(1) < spans.get(0)) {
      throw new UserMistake("the share must be in 0 … 1, and spans have 1 token or more");
    }
  }

  private Script script(Tokenizer tokenizer) {
    int[] open = tokenizer.tokenizeWithControl(tags.get(0));
    int[] close = tokenizer.tokenizeWithControl(tags.get(1));
    if (open.length != 1 || close.length != 1) {
      throw new UserMistake(
          "the vocabulary has no tokens " + tags + ": name two of its control tokens by --tags");
    }
    int[] texts =
        IntStream.range(0, tokenizer.size())
            .filter(id -> tokenizer.kind(id) == TokenKind.TEXT)
            .filter(id -> tokenizer.token(id).text().matches(LETTERS))
            .limit(10_000)
            .toArray();
    return Script.random(tokens, share, spans.get(0), spans.get(1), texts, open[0], close[0], seed);
  }

  private Map<String, Way> ways(Ways ways) {
    Map<String, Way> all = new LinkedHashMap<>();
    all.put(HandOffReport.LARGE, ways::largeOnly);
    all.put(HandOffReport.SMALL, ways::smallOnly);
    Map<String, Way> others = new LinkedHashMap<>();
    others.put("speculative", () -> ways.speculative(draft, acceptance, seed));
    others.put("without-reuse", ways::withoutReuse);
    others.put("probing", ways::probing);
    others.put("sequential", ways::sequential);
    others.put("pipelined", ways::pipelined);
    Set<String> names = chosen == null ? others.keySet() : chosen;
    if (!others.keySet().containsAll(names)) {
      throw UserMistake.ofOption(
          "--ways", "are " + String.join(", ", new TreeSet<>(others.keySet())));
    }
    others.forEach(
        (name, way) -> {
          if (names.contains(name)) {
            all.put(name, way);
          }
        });
    return all;
  }

  /** Takes turns, so that a drift of the machine's speed cancels. */
  private Map<String, List<Replay>> replays(Map<String, Way> ways) throws InterruptedException {
    Map<String, List<Replay>> replays = new LinkedHashMap<>();
    for (int turn = 0; turn < repetitions; turn++) {
      for (var way : ways.entrySet()) {
        bench.tell("turn " + (turn + 1) + ": " + way.getKey());
        replays.computeIfAbsent(way.getKey(), name -> new ArrayList<>()).add(way.getValue().take());
      }
    }
    return replays;
  }
}
