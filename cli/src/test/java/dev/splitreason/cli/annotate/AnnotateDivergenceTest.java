package dev.splitreason.cli.annotate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess;
import dev.splitreason.cli.CommandProcess.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AnnotateDivergenceTest {

  @TempDir private Path folder;

  @Test
  void theBundledPairFindsTheDigitsThatItsSmallModelCannotLearn() throws IOException {
    run("data", "chain", "--limit", "100", "--seed", "1", "--output", "chain.jsonl");
    JsonNode summary =
        run("annotate", "--annotator", "divergence", "--output", "out.jsonl", "chain.jsonl").json();

    assertThat(summary.path("traces").path("failed").asInt()).isZero();
    Set<String> hard = characters("chain.jsonl", "hard");
    Set<String> marked = characters("out.jsonl", "spans");
    Set<String> both = new HashSet<>(hard);
    both.retainAll(marked);
    assertThat((double) both.size() / marked.size()).as("precision").isGreaterThan(0.85);
    assertThat((double) both.size() / hard.size()).as("recall").isGreaterThan(0.8);
  }

  @Test
  void theSpansThatAreWorthMostMakeTheShareOfTheTextThatIsAskedFor() throws IOException {
    run("data", "chain", "--limit", "100", "--seed", "1", "--output", "chain.jsonl");
    JsonNode all = annotated("all.jsonl", "0.2");
    JsonNode few = annotated("few.jsonl", "0.01");
    assertThat(all.path("share").asDouble()).isBetween(0.02, 0.05);
    assertThat(few.path("share").asDouble()).isBetween(0.009, 0.011);
    assertThat(characters("all.jsonl", "spans")).containsAll(characters("few.jsonl", "spans"));
    assertThat(share("few.jsonl")).isEqualTo(few.path("share").asDouble());
  }

  private JsonNode annotated(String output, String share) {
    String options = "--annotator divergence --keep-easy --target-share " + share;
    return run("annotate", (options + " --output " + output + " chain.jsonl").split(" ")).json();
  }

  /** The share of a file's text that is in spans. */
  private double share(String file) throws IOException {
    int all = 0;
    for (String line : Files.readAllLines(folder.resolve(file))) {
      all += JsonMapper.shared().readTree(line).get("text").asString().length();
    }
    return (double) characters(file, "spans").size() / all;
  }

  private Result run(String command, String... more) {
    String[] words = new String[more.length + 2];
    words[0] = command;
    System.arraycopy(more, 0, words, 1, more.length);
    words[more.length + 1] = "--json";
    Result result = CommandProcess.runIn(folder, words);
    assertThat(result.status()).as(result.err()).isZero();
    return result;
  }

  /** The characters in some spans of a file's traces, as trace and offset. */
  private Set<String> characters(String file, String spans) throws IOException {
    Set<String> characters = new HashSet<>();
    for (String line : Files.readAllLines(folder.resolve(file))) {
      JsonNode trace = JsonMapper.shared().readTree(line);
      for (JsonNode span : trace.get(spans)) {
        IntStream.range(span.get("start").asInt(), span.get("end").asInt())
            .forEach(at -> characters.add(trace.get("id").asString() + "@" + at));
      }
    }
    return characters;
  }
}
