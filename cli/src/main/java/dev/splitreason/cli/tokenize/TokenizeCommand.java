package dev.splitreason.cli.tokenize;

import dev.splitreason.cli.options.Configurable;
import dev.splitreason.cli.options.Invocation;
import dev.splitreason.cli.options.TextArgument;
import dev.splitreason.cli.options.UnsafeModelOption;
import dev.splitreason.cli.output.Stdout;
import dev.splitreason.cli.output.Terminal;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.pairs.config.Config;
import dev.splitreason.pairs.config.ModelSettings;
import dev.splitreason.pairs.open.Models;
import dev.splitreason.pairs.open.OpenModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code splitreason tokenize}: shows a text as a model's tokens. */
@Command(
    name = "tokenize",
    description = "Show a text as a model's tokens.",
    customSynopsis = {
      "splitreason tokenize [OPTIONS] MODEL TEXT",
      "splitreason tokenize [OPTIONS] --pair NAME TEXT"
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  splitreason tokenize --pair chain \"37*48=1776\"",
      "  splitreason tokenize --control models/large.gguf \"<think>\"",
      "  splitreason tokenize --json model.gguf - < text.txt"
    })
public final class TokenizeCommand implements Callable<Integer>, Configurable {

  @Option(
      names = "--pair",
      paramLabel = "NAME",
      description = "Use the small model of a pair instead of naming a model.")
  private @Nullable String pair;

  @Option(
      names = "--control",
      description = "Let spellings of control tokens in the text become those tokens.")
  private boolean control;

  @Mixin private final UnsafeModelOption unsafe = new UnsafeModelOption();

  @Option(names = "--json", description = "Print one JSON document instead of text.")
  private boolean json;

  @Option(names = "--no-color", description = "Mark the tokens with bars on a terminal too.")
  private boolean noColor;

  @Parameters(
      arity = "0..2",
      paramLabel = "MODEL TEXT",
      description =
          "A GGUF file, URL#MODEL or a name of the configuration, and the text (- for stdin).")
  private List<String> words = new ArrayList<>();

  @ParentCommand
  @SuppressWarnings("NullAway.Init")
  private Invocation invocation;

  @Override
  public Integer call() throws IOException {
    ModelSettings settings = unsafe.applyTo(model(invocation.config()));
    int before = pair == null ? 1 : 0;
    String argument = words.size() > before ? words.get(before) : null;
    if (words.size() > before + 1) {
      throw new UserMistake("unexpected '" + words.get(before + 1) + "'", "put the text in quotes");
    }
    String text = TextArgument.read("text", argument, System.in, Terminal::isStdin);

    try (OpenModel open = Models.open(settings)) {
      Tokenizer tokenizer = open.model().tokenizer();
      if (tokenizer == null) {
        throw new UserMistake(settings.location() + " does not tell its tokens");
      }
      int[] ids = control ? tokenizer.tokenizeWithControl(text) : tokenizer.tokenize(text);
      Tokenized tokenized = Tokenized.of(ids, tokenizer);
      Stdout out = Stdout.ofProcess();
      if (json) {
        out.json(tokenized);
      } else {
        boolean color = !noColor && Terminal.wantsColor(System.getenv());
        out.printStyled(TokenTable.of(tokenized, color) + "\n");
      }
    }
    return 0;
  }

  private ModelSettings model(Config config) {
    if (pair != null) {
      return config.pair(pair).small();
    }
    if (words.isEmpty()) {
      throw new UserMistake("name a model (a GGUF file) or a --pair, and a text");
    }
    return config.model(words.getFirst());
  }
}
