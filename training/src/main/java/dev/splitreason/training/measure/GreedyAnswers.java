package dev.splitreason.training.measure;

import dev.splitreason.training.model.KeyValueCache;
import dev.splitreason.training.model.Qwen2;
import dev.splitreason.training.tensor.GradientMode;
import dev.splitreason.training.tensor.PlacedNumbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Answers many prompts at once: always the likeliest token, up to one that ends the text. */
final class GreedyAnswers {

  private final Qwen2 model;
  private final KeyValueCache cache;
  private final List<List<Integer>> answers = new ArrayList<>();

  private GreedyAnswers(Qwen2 model, KeyValueCache cache) {
    this.model = model;
    this.cache = cache;
  }

  /**
   * The answers of prompts, each without the token that ended it.
   *
   * @param prompts at least one
   * @param ends whether a token ends a text
   * @param maxTokens the longest answer
   */
  static List<int[]> of(Qwen2 model, List<int[]> prompts, IntPredicate ends, int maxTokens) {
    try (PointerScope _ = new PointerScope();
        GradientMode _ = GradientMode.off();
        KeyValueCache cache = model.newCache(prompts.size())) {
      return new GreedyAnswers(model, cache).answer(prompts, ends, maxTokens);
    }
  }

  private List<int[]> answer(List<int[]> prompts, IntPredicate ends, int maxTokens) {
    prompts.forEach(_ -> answers.add(new ArrayList<>()));
    int[] rows = IntStream.range(0, prompts.size()).toArray();
    int[] next = likeliest(rows, prompts.toArray(int[][]::new));
    for (int length = 0; length < maxTokens && rows.length > 0; length++) {
      List<Integer> going = new ArrayList<>();
      for (int i = 0; i < rows.length; i++) {
        if (!ends.test(next[i])) {
          answers.get(rows[i]).add(next[i]);
          going.add(i);
        }
      }
      int[] kept = going.stream().mapToInt(Integer::intValue).toArray();
      int[] tokens = next;
      int[] before = rows;
      rows = Arrays.stream(kept).map(i -> before[i]).toArray();
      if (rows.length > 0 && length + 1 < maxTokens) {
        int[][] added =
            Arrays.stream(kept).mapToObj(i -> new int[] {tokens[i]}).toArray(int[][]::new);
        next = likeliest(rows, added);
      }
    }
    return answers.stream()
        .map(answer -> answer.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  /** Appends tokens to rows and tells each row's likeliest next one. */
  private int[] likeliest(int[] rows, int[][] tokens) {
    try (PointerScope _ = new PointerScope()) {
      Tensor hidden = model.forward(cache, rows, tokens);
      long length = hidden.size(1);
      long[] last = new long[rows.length];
      for (int i = 0; i < rows.length; i++) {
        last[i] = i * length + tokens[i].length - 1;
      }
      Tensor where = PlacedNumbers.of(last, hidden);
      Tensor logits = model.logits(hidden.flatten(0, 1).index_select(0, where));
      Tensor ids = torch.argmax(logits, new LongOptional(1), false).cpu();
      int[] next = new int[rows.length];
      for (int i = 0; i < next.length; i++) {
        next[i] = (int) ids.data_ptr_long().get(i);
      }
      return next;
    }
  }
}
