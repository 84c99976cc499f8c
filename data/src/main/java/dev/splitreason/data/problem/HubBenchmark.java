package dev.splitreason.data.problem;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.sampling.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The benchmarks of the field, read as their authors publish them on the Hugging Face hub. The
 * problems themselves are not part of this project: the user downloads the file.
 */
enum HubBenchmark {
  AIME24("aime24", "HuggingFaceH4/aime_2024", "data/train-00000-of-00001.parquet") {
    @Override
    Problem read(Row row, long seed) {
      return ProblemColumns.USUAL.problem(row);
    }
  },
  AIME25("aime25", "math-ai/aime25", "test.jsonl") {
    @Override
    Problem read(Row row, long seed) {
      return ProblemColumns.USUAL.problem(row);
    }
  },
  MATH_500("math-500", "HuggingFaceH4/MATH-500", "test.jsonl") {
    @Override
    Problem read(Row row, long seed) {
      return new ProblemColumns("unique_id", "problem", "answer", "level").problem(row);
    }
  },
  GSM8K("gsm8k", "openai/gsm8k", "main/test-00000-of-00001.parquet") {
    @Override
    Problem read(Row row, long seed) {
      String worked = row.require("answer");
      int mark = worked.lastIndexOf(ANSWER_MARK);
      if (mark < 0) {
        throw row.mistake("the answer has no '" + ANSWER_MARK + "'");
      }
      String answer = worked.substring(mark + ANSWER_MARK.length()).strip();
      return new Problem("row-" + row.number(), row.require("question"), answer, null);
    }
  },
  GPQA_DIAMOND(
      "gpqa-diamond", "Idavidrein/gpqa (after accepting its terms there)", "gpqa_diamond.csv") {
    @Override
    Problem read(Row row, long seed) {
      String right = row.require("Correct Answer").strip();
      List<String> choices = new ArrayList<>(List.of(right));
      for (int i = 1; i <= 3; i++) {
        choices.add(row.require("Incorrect Answer " + i).strip());
      }
      Collections.shuffle(choices, new Random(CounterRandom.bits(seed, row.number())));
      var text = new StringBuilder(row.require("Question").strip()).append('\n');
      for (int i = 0; i < choices.size(); i++) {
        text.append('\n').append(LETTERS.charAt(i)).append(") ").append(choices.get(i));
      }
      text.append("\n\nGive the letter of the right choice.");
      String letter = LETTERS.substring(choices.indexOf(right), choices.indexOf(right) + 1);
      return new Problem(row.require("Record ID"), text.toString(), letter, null);
    }
  };

  private static final String ANSWER_MARK = "####";
  private static final String LETTERS = "ABCD";

  private final String label;
  private final String dataset;
  private final String file;

  HubBenchmark(String label, String dataset, String file) {
    this.label = label;
    this.dataset = dataset;
    this.file = file;
  }

  /**
   * Reads a row.
   *
   * @param seed of what is shuffled
   * @throws UserMistake with a one-line message, if the row is not as published
   */
  abstract Problem read(Row row, long seed);

  /** The name on the command line. */
  String label() {
    return label;
  }

  /** What a user has to download, in a line. */
  String howToGet() {
    return "download '%s' of the Hugging Face data set %s and name it: --benchmark %s:FILE"
        .formatted(file, dataset, label);
  }

  /** The benchmark of a name, or null. */
  static @Nullable HubBenchmark named(String label) {
    return Arrays.stream(values())
        .filter(benchmark -> benchmark.label.equals(label))
        .findFirst()
        .orElse(null);
  }
}
