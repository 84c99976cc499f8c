package dev.splitreason.engine.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.prompt.PromptTemplate;
import dev.splitreason.core.prompt.Templates;
import dev.splitreason.core.split.Pair;
import dev.splitreason.core.split.SplitDecoder;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.core.trace.TraceListener;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class ReferencePairTest {
  static final PromptTemplate CHAIN = Templates.named("chain");

  static LlamaCppModel load(String name) {
    return LlamaCppModel.load(
        Path.of("../models/" + name), LlamaCppOptions.DEFAULTS.withThreads(1));
  }

  @Test
  void answers() throws Exception {
    try (Pair pair =
        new Pair(
            load("small-split.gguf"),
            load("large.gguf"),
            load("small.gguf"),
            CHAIN,
            CHAIN,
            TagSpelling.BIGMODEL,
            2,
            64)) {
      SplitDecoder decoder = new SplitDecoder(pair);
      for (String policy : List.of("small", "large", "learned")) {
        for (boolean pipelined : new boolean[] {false, true}) {
          int same = 0, right = 0, n = 0;
          double large = 0, all = 0, discarded = 0;
          long t0 = System.nanoTime();
          for (String line : Files.readAllLines(Path.of("../models/reference-traces.jsonl"))) {
            JsonNode ref = new ObjectMapper().readTree(line);
            Trace trace =
                decoder.decode(
                    List.of(Message.user(ref.get("problem").asString())),
                    SplitOptions.DEFAULT
                        .withPolicy(Policy.parse(policy))
                        .withPipelined(pipelined)
                        .withMaxTokens(300),
                    TraceListener.NONE);
            String expected =
                ref.get(policy).get("text").asString().replace("<｜end▁of▁sentence｜>", "");
            n++;
            if (expected.equals(trace.text())) same++;
            else if (n < 10) System.out.println(trace.text() + "\n--\n" + expected);
            if (trace.text().contains("\\boxed{" + ref.get("answer").asString() + "}")) right++;
            large += trace.usage().largeTokens();
            all += trace.usage().smallTokens() + trace.usage().largeTokens();
            discarded += trace.usage().discardedTokens();
          }
          System.out.printf(
              "%s %s: same %d right %d of %d, ratio %.4f discarded %.0f, %.1f ms each%n",
              policy,
              pipelined,
              same,
              right,
              n,
              large / all,
              discarded,
              (System.nanoTime() - t0) / 1e6 / n);
        }
      }
    }
    assertThat(true).isTrue();
  }
}
