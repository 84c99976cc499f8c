package dev.splitreason.data.problem;

import dev.splitreason.core.answer.FinalAnswer;
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
  AIME24(
      "aime24",
      "HuggingFaceH4/aime_2024",
      "data/train-00000-of-00001.parquet",
      Wording.COMPETITION) {
    @Override
    Problem read(Row row, long seed) {
      return competition(row);
    }
  },
  AIME25("aime25", "math-ai/aime25", "test.jsonl", Wording.COMPETITION) {
    @Override
    Problem read(Row row, long seed) {
      return competition(row);
    }
  },
  MATH_500("math-500", "HuggingFaceH4/MATH-500", "test.jsonl", Wording.COMPETITION) {
    @Override
    Problem read(Row row, long seed) {
      return competition(row);
    }
  },
  GSM8K("gsm8k", "openai/gsm8k", "main/test-00000-of-00001.parquet", Wording.SCHOOL) {
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

    @Override
    WorkedExample worked(Row row) {
      return new WorkedExample(row.require("question"), row.require("answer"));
    }
  },
  GPQA_DIAMOND(
      "gpqa-diamond",
      "Idavidrein/gpqa (after accepting its terms there)",
      "gpqa_diamond.csv",
      Wording.CHOICES) {
    @Override
    Problem read(Row row, long seed) {
      if (row.get(null, List.of("Correct Answer")) == null) {
        // Copies whose choices stand in the question already.
        return competition(row);
      }
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
      String letter = LETTERS.substring(choices.indexOf(right), choices.indexOf(right) + 1);
      return new Problem(row.require("Record ID"), text.toString(), letter, null);
    }
  };

  private static final String ANSWER_MARK = "####";
  private static final String LETTERS = "ABCD";

  private final String label;
  private final String dataset;
  private final String file;
  private final Wording wording;

  HubBenchmark(String label, String dataset, String file, Wording wording) {
    this.label = label;
    this.dataset = dataset;
    this.file = file;
    this.wording = wording;
  }

  /**
   * Reads a row.
   *
   * @param seed of what is shuffled
   * @throws UserMistake with a one-line message, if the row is not as published
   */
  abstract Problem read(Row row, long seed);

  /**
   * Reads a row as an example.
   *
   * @throws UserMistake with a one-line message, if it has no solution
   */
  WorkedExample worked(Row row) {
    return new WorkedExample(competition(row).text(), row.require("solution"));
  }

  /** Problem and answer; the answer may be the box of the solution, as in math-ai/aime24. */
  private static Problem competition(Row row) {
    String answer = row.get(null, ProblemColumns.ANSWERS);
    String solution = row.get(null, List.of("solution"));
    return answer == null && solution != null
        ? ProblemColumns.USUAL.problem(row, FinalAnswer.of(solution))
        : ProblemColumns.USUAL.problem(row);
  }

  /** How its questions are put. */
  Wording wording() {
    return wording;
  }

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
