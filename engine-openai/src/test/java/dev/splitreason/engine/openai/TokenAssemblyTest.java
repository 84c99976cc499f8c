package dev.splitreason.engine.openai;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.model.Token;
import dev.splitreason.core.text.Utf8Assembler;
import dev.splitreason.engine.openai.CompletionChunk.Written;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Streams of tokens that are single bytes: the borders of tokens are inside characters. */
class TokenAssemblyTest {

  private static final int ENDER = 0;

  @SuppressWarnings("NullAway.Init")
  private static ByteServer vllmServer;

  @SuppressWarnings("NullAway.Init")
  private static ByteServer llamaServer;

  @SuppressWarnings("NullAway.Init")
  private static ServedTokenizer vllm;

  @SuppressWarnings("NullAway.Init")
  private static ServedTokenizer llama;

  @BeforeContainer
  static void start() throws IOException {
    vllmServer = new ByteServer(true);
    llamaServer = new ByteServer(false);
    vllm = vllmServer.tokenizer();
    llama = llamaServer.tokenizer();
  }

  @AfterContainer
  static void stop() {
    vllmServer.close();
    llamaServer.close();
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of("a", "1", " ", "\n", "é", "中", "😀", "<x>")
        .list()
        .ofMaxSize(12)
        .map(letters -> String.join("", letters));
  }

  @Property(tries = 60)
  void idsAndTextAreThoseOfTheServerHoweverTokensArePackedIntoParts(
      @ForAll("texts") String text,
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 4) Integer> sizes,
      @ForAll boolean ends) {
    byte[] bytes = text.getBytes(UTF_8);
    var server = new Utf8Assembler();
    var assembly = new TokenAssembly(vllm);
    List<Token> tokens = new ArrayList<>();
    int at = 0;
    for (int i = 0; at < bytes.length; i++) {
      List<Written> written = new ArrayList<>();
      StringBuilder shown = new StringBuilder();
      for (int end = Math.min(bytes.length, at + sizes.get(i % sizes.size())); at < end; at++) {
        written.add(new Written(bytes[at] & 0xff, null));
        shown.append(server.append(new byte[] {bytes[at]}));
      }
      tokens.addAll(assembly.accept(chunk(shown.toString(), written, null)));
    }
    List<Written> last = ends ? List.of(new Written(ENDER, null)) : List.of();
    tokens.addAll(assembly.accept(chunk("", last, ends ? "stop" : "length")));

    assertThat(tokens).extracting(Token::id).isEqualTo(ids(bytes));
    assertThat(text(tokens)).isEqualTo(text);
  }

  @Property(tries = 60)
  void tokensThatTheServerLeavesOutAreAskedFor(
      @ForAll("texts") String text, @ForAll boolean tellsBytes) {
    byte[] bytes = text.getBytes(UTF_8);
    var server = new Utf8Assembler();
    var assembly = new TokenAssembly(llama);
    List<Token> tokens = new ArrayList<>();
    for (byte one : bytes) {
      String shown = server.append(new byte[] {one});
      if (!shown.isEmpty()) {
        byte @Nullable [] own = tellsBytes ? new byte[] {one} : null;
        tokens.addAll(assembly.accept(chunk(shown, List.of(new Written(one & 0xff, own)), null)));
      }
    }
    tokens.addAll(assembly.accept(chunk("", List.of(new Written(ENDER, null)), null)));
    tokens.addAll(assembly.accept(chunk("", List.of(), "stop")));

    assertThat(tokens).extracting(Token::id).isEqualTo(ids(bytes));
    assertThat(text(tokens)).isEqualTo(text);
  }

  private static CompletionChunk chunk(
      String text, List<Written> written, @Nullable String finish) {
    return new CompletionChunk(text, written, CompletionChunk.UNCOUNTED, finish);
  }

  private static List<Integer> ids(byte[] bytes) {
    List<Integer> ids = new ArrayList<>();
    for (byte one : bytes) {
      ids.add(one & 0xff);
    }
    return ids;
  }

  /** As the decoder reads it; characters are complete where the tokens say so. */
  private static String text(List<Token> tokens) {
    var characters = new Utf8Assembler();
    StringBuilder text = new StringBuilder();
    tokens.forEach(token -> text.append(characters.append(token.bytes())));
    return text.append(characters.finish()).toString();
  }
}
