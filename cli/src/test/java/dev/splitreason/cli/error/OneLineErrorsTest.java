package dev.splitreason.cli.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.output.OutputClosedException;
import dev.splitreason.core.error.Place;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelFileException;
import dev.splitreason.data.source.DataException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The type of what goes wrong, and nothing of its message, decides how a command ends. */
class OneLineErrorsTest {

  @Test
  void whatCannotBeMeantIsWrongUse() {
    assertEnds(UserMistake.ofOption("--threads", "must be at least 1, not 0"), 2)
        .isEqualTo("splitreason: --threads must be at least 1, not 0\n");
    assertEnds(
            new UserMistake("the rate is -1", "set it above 0")
                .at(new Place.Field("optimizer"))
                .at(new Place.Line(Path.of("r.yaml"), 7)),
            2)
        .isEqualTo("splitreason: r.yaml:7: optimizer: the rate is -1: set it above 0\n");
  }

  @Test
  void aNameThatNoFileCanHaveIsWrongUse() {
    assertEnds(() -> Path.of("a\0b"), 2).startsWith("splitreason: 'a").contains("is no file name");
  }

  @Test
  void whatCouldBeMeantButNotDoneIsAFailure() {
    assertEnds(new ModelException(ModelException.Kind.UNAVAILABLE, "the server is gone"), 1)
        .isEqualTo("splitreason: the server is gone\n");
    assertEnds(new ModelFileException(Path.of("m.gguf"), "ends early"), 1)
        .isEqualTo("splitreason: m.gguf: ends early\n");
    assertEnds(new DataException("t.jsonl, line 3 is not valid JSON"), 1)
        .isEqualTo("splitreason: t.jsonl, line 3 is not valid JSON\n");
    assertEnds(new NoSuchFileException("none.txt"), 1)
        .isEqualTo("splitreason: no such file: none.txt\n");
    assertEnds(new UncheckedIOException(new IOException("disk full")), 1).contains("disk full");
  }

  @Test
  void aProgrammingErrorSaysThatItIsOne() {
    assertEnds(new IllegalArgumentException("row 3 of 2"), 1)
        .startsWith("splitreason: internal error, please report it")
        .contains("row 3 of 2");
    assertEnds(() -> Integer.parseInt("x"), 1).startsWith("splitreason: internal error");
    assertEnds(new IllegalStateException("closed"), 1).startsWith("splitreason: internal error");
  }

  @Test
  void anEndThatWasWishedForSaysNothing() {
    assertEnds(new InterruptedException(), 130).isEmpty();
    assertEnds(new OutputClosedException(new IOException("Broken pipe")), 141).isEmpty();
  }

  @Test
  void aMessageOfSeveralLinesIsToldInOne() {
    assertEnds(new UserMistake("one\n  two"), 2).isEqualTo("splitreason: one two\n");
  }

  private static AbstractStringAssert<?> assertEnds(Exception thrown, int status) {
    return assertEnds(
        () -> {
          throw thrown;
        },
        status);
  }

  private static AbstractStringAssert<?> assertEnds(Callable<?> work, int status) {
    var stderr = new StringWriter();
    var errors = new OneLineErrors(() -> false);
    int ended =
        new CommandLine(new Work(work))
            .setErr(new PrintWriter(stderr))
            .setExecutionExceptionHandler(errors)
            .execute();

    assertThat(ended).isEqualTo(status);
    return assertThat(stderr.toString());
  }

  @Command(name = "work")
  private record Work(Callable<?> work) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      work.call();
      return 0;
    }
  }
}
