package dev.splitreason.cli.show;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess;
import dev.splitreason.cli.CommandProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShowCommandTest {

  @TempDir private Path folder;

  @BeforeEach
  void writeSet() throws IOException {
    Files.writeString(
        folder.resolve("set.jsonl"),
        """
        {"id":"sum","problem":"1+1?","annotated":"1+1=<bigmodel>2</bigmodel>."}
        {"id":"product","problem":"37*48?","annotated":"37*48=1<bigmodel>77<\\\\bigmodel>6"}
        """);
  }

  @Test
  void showsATraceWithItsSpansHighlighted() {
    Result result = CommandProcess.runIn(folder, "show", "set.jsonl", "--id", "product");

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out())
        .isEqualTo(
            """
            ── product · 10 characters, 1 span, 20.0 % offloaded
            ── 37*48?
            37*48=1⟦77⟧6
            """);
  }

  @Test
  void controlCharactersOfATraceAreShownAndDoNothing() throws IOException {
    Files.writeString(
        folder.resolve("hostile.jsonl"),
        "{\"id\":\"h\",\"problem\":\"\\u001b]0;x\\u0007\","
            + "\"text\":\"a\\u001b[2J<bigmodel>\\u009b1m</bigmodel>\\r\\n\"}\n");

    Result result = CommandProcess.runIn(folder, "show", "hostile.jsonl", "--id", "h");

    assertThat(result.out()).contains("── ␛]0;x␇\na␛[2J⟦\ufffd1m⟧\n");
  }

  @Test
  void showsATraceAsJson() {
    Result result = CommandProcess.runIn(folder, "show", "set.jsonl", "--id", "sum", "--json");

    assertThat(result.out())
        .isEqualTo(
            "{\"id\":\"sum\",\"problem\":\"1+1?\",\"text\":\"1+1=2.\","
                + "\"spans\":[{\"start\":4,\"end\":5}],\"offload_share\":0.16666666666666666}\n");
  }

  @Test
  void allTracesOfANameThatRepeatsAreShown() throws IOException {
    Files.writeString(
        folder.resolve("twice.jsonl"),
        """
        {"id":"a","text":"one"}
        {"id":"b","text":"two"}
        {"id":"a","text":"three"}
        """);

    Result result = CommandProcess.runIn(folder, "show", "twice.jsonl", "--id", "a", "--json");

    assertThat(result.status()).as(result.err()).isZero();
    assertThat(result.out().lines())
        .satisfiesExactly(
            first -> assertThat(first).contains("\"text\":\"one\""),
            second -> assertThat(second).contains("\"text\":\"three\""));
  }

  @Test
  void aNameThatNoTraceHasIsOneLineWithASuggestion() {
    Result result = CommandProcess.runIn(folder, "show", "set.jsonl", "--id", "prodct");

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .isEqualTo("splitreason: no trace is named 'prodct'; did you mean 'product'?\n");
  }
}
