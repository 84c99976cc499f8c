package dev.splitreason.training.checkpoint;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.splitreason.core.model.ModelFileException;
import dev.splitreason.core.model.TokenKind;
import dev.splitreason.core.model.Tokenizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.SequencedSet;

/**
 * A vocabulary as {@code tokenizer.json} describes it, run by Hugging Face's own tokenizers
 * library.
 */
public final class JsonTokenizer implements Tokenizer, AutoCloseable {

  private static final Map<String, String> AS_IS =
      Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

  static {
    // The library would report each first use to its makers.
    if (System.getenv("OPT_OUT_TRACKING") == null) {
      System.setProperty("OPT_OUT_TRACKING", "true");
    }
  }

  private final BpeVocabulary vocabulary;
  private final SequencedSet<Integer> ends;
  private final HuggingFaceTokenizer withControl;
  private final HuggingFaceTokenizer withoutControl;

  private JsonTokenizer(String json, SequencedSet<Integer> ends) {
    this.vocabulary = BpeVocabulary.read(json);
    this.ends = ends;
    this.withControl = open(json);
    // The library always recognises added tokens: this instance knows none.
    this.withoutControl = open(vocabulary.jsonWithoutAddedTokens());
  }

  /**
   * The tokenizer of a checkpoint's files; the tokens that end a text are those of {@code
   * generation_config.json}, {@code config.json} and {@code tokenizer_config.json} together.
   *
   * @throws ModelFileException if {@code tokenizer.json} is not among them or cannot be understood
   */
  public static JsonTokenizer of(Map<String, String> files) {
    String json = files.get("tokenizer.json");
    if (json == null) {
      throw new ModelFileException(BpeVocabulary.FILE, "the checkpoint does not have it");
    }
    return new JsonTokenizer(json, SpecialIds.read(files, BpeVocabulary.read(json)).ends());
  }

  private static HuggingFaceTokenizer open(String json) {
    try {
      return HuggingFaceTokenizer.newInstance(
          new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), AS_IS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw new ModelFileException(
          BpeVocabulary.FILE, "cannot be understood: " + e.getMessage(), e);
    }
  }

  @Override
  public int[] tokenize(String text) {
    return ids(withoutControl, text);
  }

  @Override
  public int[] tokenizeWithControl(String text) {
    return ids(withControl, text);
  }

  private static int[] ids(HuggingFaceTokenizer tokenizer, String text) {
    if (text.isEmpty()) {
      return new int[0];
    }
    long[] ids = tokenizer.encode(text, false, false).getIds();
    int[] narrow = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      narrow[i] = (int) ids[i];
    }
    return narrow;
  }

  @Override
  public byte[] bytes(int id) {
    return vocabulary.bytes(id);
  }

  @Override
  public boolean endsText(int id) {
    return ends.contains(id);
  }

  /**
   * The token that usually ends a text.
   *
   * @throws ModelFileException if the checkpoint names none
   */
  public int endOfText() {
    if (ends.isEmpty()) {
      throw new ModelFileException(
          Path.of("generation_config.json"),
          "no file of the checkpoint names an eos_token: add it");
    }
    return ends.getFirst();
  }

  @Override
  public int size() {
    return vocabulary.size();
  }

  @Override
  public TokenKind kind(int id) {
    return switch (vocabulary.kind(id)) {
      case NORMAL -> TokenKind.TEXT;
      case CONTROL -> TokenKind.CONTROL;
      // Runs of white space are words, even if they were added.
      case USER_DEFINED -> vocabulary.spelling(id).isBlank() ? TokenKind.TEXT : TokenKind.CONTROL;
      case UNUSED -> TokenKind.UNUSED;
    };
  }

  /** The spellings and kinds of the tokens. */
  BpeVocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public void close() {
    withControl.close();
    withoutControl.close();
  }
}
