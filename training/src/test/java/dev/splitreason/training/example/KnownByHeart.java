package dev.splitreason.training.example;

import dev.splitreason.core.batch.Appending;
import dev.splitreason.core.batch.BatchLimits;
import dev.splitreason.core.batch.BatchLoop;
import dev.splitreason.core.batch.Evaluator;
import dev.splitreason.core.batch.Run;
import dev.splitreason.core.model.Capabilities;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelInfo;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.core.text.Utf8Assembler;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A model that has learned one sequence of tokens perfectly, and knows its text: where a sequence
 * was not learned in these tokens, it goes on by the text.
 */
final class KnownByHeart implements LanguageModel {

  private static final int SESSIONS = 3;

  private final Tokenizer tokenizer;
  private final int endOfText;
  private final int[] learned;
  private final int prompt;
  private final UnaryOperator<String> rest;
  private final BatchLoop loop;

  /**
   * A model that knows a sequence.
   *
   * @param prompt how many of its tokens are the prompt
   * @param rest what of the text comes after so much of the answer
   */
  KnownByHeart(
      Tokenizer tokenizer, int endOfText, int[] learned, int prompt, UnaryOperator<String> rest) {
    this.tokenizer = tokenizer;
    this.endOfText = endOfText;
    this.learned = learned;
    this.prompt = prompt;
    this.rest = rest;
    this.loop = new BatchLoop(info(), tokenizer, new Memory(), SESSIONS, Appending.WAITS);
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo("known by heart", "one sequence", 0, 4096, null);
  }

  @Override
  public Capabilities capabilities() {
    return Capabilities.ALL;
  }

  @Override
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  @Override
  public Session open() {
    return loop.open(this, null);
  }

  @Override
  public void close() {
    loop.close();
  }

  private int next(int[] tokens) {
    int count = tokens.length;
    if (count < learned.length && Arrays.equals(tokens, 0, count, learned, 0, count)) {
      return learned[count];
    }
    Utf8Assembler characters = new Utf8Assembler();
    StringBuilder answer = new StringBuilder();
    int begun = 0;
    for (int i = Math.min(prompt, count); i < count; i++) {
      byte[] bytes = tokenizer.bytes(tokens[i]);
      answer.append(characters.append(bytes));
      begun = characters.incomplete() ? begun + bytes.length : 0;
    }
    String more = rest.apply(answer.toString());
    int written = 0;
    for (int id : tokenizer.tokenize(more)) {
      if (written == begun) {
        return id;
      }
      written += tokenizer.bytes(id).length;
    }
    return endOfText;
  }

  /** The sequences, and what comes after each of their tokens. */
  private final class Memory implements Evaluator {
    private final Map<Integer, int[]> sequences = new HashMap<>();

    @Override
    public int vocabularySize() {
      return tokenizer.size();
    }

    @Override
    public BatchLimits limits() {
      return new BatchLimits(512, 512, 512);
    }

    @Override
    public void evaluate(List<Run> batch) {
      for (Run run : batch) {
        int[] tokens = Arrays.copyOf(sequence(run.sequence()), run.to());
        System.arraycopy(run.tokens(), 0, tokens, run.from(), run.tokens().length);
        sequences.put(run.sequence(), tokens);
      }
    }

    @Override
    public void logits(int sequence, int position, float[] row) {
      Arrays.fill(row, 0);
      row[next(Arrays.copyOf(sequence(sequence), position + 1))] = 10;
    }

    @Override
    public void truncate(int sequence, int length) {
      int[] tokens = sequence(sequence);
      sequences.put(sequence, Arrays.copyOf(tokens, Math.min(length, tokens.length)));
    }

    @Override
    public void copy(int from, int to, int length) {
      sequences.put(to, Arrays.copyOf(sequence(from), length));
    }

    private int[] sequence(int number) {
      return sequences.getOrDefault(number, new int[0]);
    }

    @Override
    public void close() {}
  }
}
