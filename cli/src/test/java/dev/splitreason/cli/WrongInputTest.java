package dev.splitreason.cli;

import static dev.splitreason.cli.CommandProcess.QUESTION;
import static dev.splitreason.cli.CommandProcess.run;
import static dev.splitreason.cli.CommandProcess.runWithInput;
import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.cli.CommandProcess.Result;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WrongInputTest {

  @TempDir private Path folder;

  @Test
  void noCommandIsWrongUse() {
    assertWrongUse(run(), "say what to do");
  }

  @Test
  void anUnknownCommandIsWrongUseWithASuggestion() {
    assertWrongUse(run("aks", "x"), "unknown command 'aks'; did you mean 'ask'?");
  }

  @Test
  void anUnknownOptionIsWrongUseWithASuggestion() {
    assertWrongUse(run("ask", "--polcy", "x"), "'--polcy'; did you mean '--policy'?");
  }

  @Test
  void anOptionOfTheWrongTypeIsWrongUse() {
    assertWrongUse(run("ask", "--seed", "x", QUESTION), "--seed");
    assertWrongUse(run("ask", "--time-limit", "soon", QUESTION), "'soon' is no duration");
  }

  @Test
  void anUnknownPolicyIsWrongUse() {
    assertWrongUse(run("ask", "--policy", "bogus", QUESTION), "unknown policy 'bogus'");
  }

  @Test
  void controlCharactersOfAnArgumentAreShownAndDoNothing() {
    assertWrongUse(run("ask", "--policy", "\u001b[2J", QUESTION), "unknown policy '␛[2J'");
  }

  @Test
  void aProbabilityOutsideZeroToOneIsWrongUse() {
    assertWrongUse(run("ask", "--policy", "random:1.5", QUESTION), "1.5");
    assertWrongUse(run("ask", "--policy", "random:-0.1", QUESTION), "-0.1");
    assertWrongUse(run("ask", "--policy", "random:NaN", QUESTION), "NaN");
    assertWrongUse(run("ask", "--max-offload-ratio", "2", QUESTION), "0 … 1, not 2.0");
  }

  @Test
  void optionsThatContradictEachOtherAreWrongUse() {
    assertWrongUse(run("ask", "--sequential", "--pipelined", QUESTION), "either");
  }

  @Test
  void anEmptyQuestionIsWrongUse() {
    assertWrongUse(run("ask", ""), "the question is empty");
    assertWrongUse(run("ask", " \n "), "the question is empty");
    assertWrongUse(run("ask"), "the question is empty");
  }

  @Test
  void aQuestionWithoutQuotesIsWrongUse() {
    assertWrongUse(run("ask", "how", "much"), "unexpected 'much'");
  }

  @Test
  void aQuestionThatIsNotUtf8IsWrongUse() {
    assertWrongUse(
        runWithInput(new byte[] {'a', 'b', (byte) 0xff}, "ask"), "wrong byte at offset 2");
    assertWrongUse(runWithInput(new byte[] {'a', (byte) 0xe2, (byte) 0x82}, "ask"), "offset 1");
  }

  @Test
  void aQuestionOfAMegabyteDoesNotFit() {
    byte[] question = "How many stars are there? ".repeat(40_000).getBytes(StandardCharsets.UTF_8);

    assertFailure(runWithInput(question, "ask"), "context");
  }

  @Test
  void aContextTooSmallForThePromptIsAFailure() {
    assertFailure(run("ask", "--context", "8", QUESTION), "context");
  }

  /** Before any of it is allocated: the message says what there is memory for. */
  @Test
  void aContextThatMemoryHasNoRoomForIsRefusedWithTheLargestThatFits() {
    Result result = run("ask", "--context", "999999999", QUESTION);

    assertFailure(result, "a context of 999,999,999 tokens would take");
    assertThat(result.err()).containsPattern("are available, enough for [\\d,]+\n");
  }

  @Test
  void aMissingModelIsAFailure() {
    assertFailure(run("ask", "--large", "no/such.gguf", QUESTION), "no/such.gguf");
  }

  @Test
  void aTruncatedModelIsAFailure() throws IOException {
    byte[] whole = Files.readAllBytes(CommandProcess.project().resolve("models/large.gguf"));
    Path half = Files.write(folder.resolve("half.gguf"), Arrays.copyOf(whole, whole.length / 2));
    Path stub = Files.write(folder.resolve("stub.gguf"), Arrays.copyOf(whole, 100));

    assertFailure(run("ask", "--large", half.toString(), QUESTION), "half.gguf");
    assertFailure(run("ask", "--large", stub.toString(), QUESTION), "stub.gguf");
  }

  @Test
  void aFileThatIsNoModelIsAFailure() throws IOException {
    Path text = Files.writeString(folder.resolve("text.gguf"), "not a model");
    Path empty = Files.createFile(folder.resolve("empty.gguf"));

    assertFailure(run("ask", "--small", text.toString(), QUESTION), "text.gguf");
    assertFailure(run("ask", "--small", empty.toString(), QUESTION), "empty.gguf");
    assertFailure(run("ask", "--small", folder.toString(), QUESTION), folder.toString());
  }

  @Test
  void aModelThatIsNoLanguageModelIsAFailure() throws IOException {
    Path vision = Files.write(folder.resolve("vision.gguf"), ggufOf("clip"));

    assertFailure(run("ask", "--large", vision.toString(), QUESTION), "vision.gguf");
  }

  @Test
  void aServerWithoutTheNameOfAModelIsWrongUse() {
    assertWrongUse(run("ask", "--large", "http://host/v1", QUESTION), "http://host/v1#MODEL");
  }

  @Test
  void anUnknownTemplateIsWrongUse() {
    assertWrongUse(run("ask", "--template", "chatlm", QUESTION), "did you mean 'chatml'?");
  }

  @Test
  void aMissingTemplateFileIsAFailure() {
    assertFailure(run("ask", "--template", "no.txt", QUESTION), "no such template file: no.txt");
  }

  @Test
  void anUnknownPairIsWrongUse() {
    assertWrongUse(run("ask", "--pair", "chian", QUESTION), "did you mean 'chain'?");
  }

  @Test
  void aWrongConfigurationIsWrongUseWithItsLine() throws IOException {
    Path file = Files.writeString(folder.resolve("c.yaml"), "defaults:\n  sampling:\n    sed: 1\n");

    assertWrongUse(
        run("--config", file.toString(), "ask", QUESTION),
        "c.yaml:3: unknown key 'sed' in defaults.sampling; did you mean 'seed'?");
  }

  @Test
  void aFieldThatIsMissingInAFileOfProblemsIsWrongUseWithItsRow() throws IOException {
    Path file = Files.writeString(folder.resolve("p.csv"), "question,solution\n1+1?,2\n");

    assertWrongUse(
        run("eval", "--benchmark", file.toString(), "--output", folder.resolve("o").toString()),
        "p.csv, row 1: no ");
  }

  @Test
  void aLineThatIsNoTraceIsWrongUseWithItsNumber() throws IOException {
    Path file = Files.writeString(folder.resolve("t.jsonl"), "{\"segments\": 1}\n");

    assertWrongUse(
        run(
            "simulate",
            "--profile",
            "paper-h100",
            "--traces",
            file.toString(),
            "--prompt-tokens",
            "9"),
        "t.jsonl, line 1: no list of segments");
  }

  @Test
  void aSettingOutOfItsRangeIsWrongUseWithItsKey() {
    assertWrongUse(
        run("train", "pretrain", "--output", folder.toString(), "--set", "optimizer.rate=-1"),
        "optimizer: rate must be above 0, not -1");
  }

  @Test
  void aMissingConfigurationIsAFailure() {
    assertFailure(run("ask", "--config", "no.yaml", QUESTION), "no such file: no.yaml");
  }

  @Test
  void aTraceFileThatCannotBeWrittenIsAFailure() {
    assertFailure(run("ask", "--trace", "no/such/t.jsonl", QUESTION), "no/such/t.jsonl");
  }

  @Test
  void verboseShowsTheStackTrace() {
    Result result = run("-v", "ask", "--large", "no.gguf", QUESTION);

    assertThat(result.status()).isEqualTo(1);
    assertThat(result.err()).contains("\tat dev.splitreason");
  }

  /** A GGUF file of another architecture: one key, no tensors. */
  private static byte[] ggufOf(String architecture) {
    byte[] key = "general.architecture".getBytes(StandardCharsets.UTF_8);
    byte[] value = architecture.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(24 + 8 + key.length + 4 + 8 + value.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("GGUF".getBytes(StandardCharsets.UTF_8))
        .putInt(3)
        .putLong(0)
        .putLong(1)
        .putLong(key.length)
        .put(key)
        .putInt(8)
        .putLong(value.length)
        .put(value)
        .array();
  }

  private static void assertWrongUse(Result result, String message) {
    assertOneLine(result, 2, message);
  }

  private static void assertFailure(Result result, String message) {
    assertOneLine(result, 1, message);
  }

  private static void assertOneLine(Result result, int status, String message) {
    assertThat(result.err()).contains(message).startsWith("splitreason: ").endsWith("\n");
    assertThat(result.err().lines()).hasSize(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.status()).isEqualTo(status);
  }
}
