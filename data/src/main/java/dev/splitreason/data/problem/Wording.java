package dev.splitreason.data.problem;

import java.util.List;
import java.util.stream.Collectors;

/** How the leaderboards of the field put a question to a model. */
enum Wording {
  /**
   * Competition problems, as lighteval asks them without examples (its {@code MATH_QUERY_TEMPLATE})
   * and lm-evaluation-harness with some (Minerva's prompt, arXiv 2206.14858, appendix D.2).
   */
  COMPETITION {
    @Override
    String ask(String question) {
      return "Solve the following math problem efficiently and clearly.  The last line of your"
          + " response should be of the following format: 'Therefore, the final answer is:"
          + " $\\boxed{ANSWER}$. I hope it is correct' (without quotes) where ANSWER is just the"
          + " final number or expression that solves the problem. Think step by step before"
          + " answering.\n\n"
          + question;
    }

    @Override
    String ask(String question, List<WorkedExample> examples) {
      return examples.stream()
              .map(of -> "Problem:\n" + of.question() + "\n\nSolution:\n" + of.solution() + "\n\n")
              .collect(Collectors.joining())
          + "Problem:\n"
          + question
          + "\n\nSolution:";
    }
  },
  /**
   * School problems: without examples as reasoning models are asked by their authors (arXiv
   * 2409.12122, 2501.12948), with some as lm-evaluation-harness asks {@code gsm8k}.
   */
  SCHOOL {
    @Override
    String ask(String question) {
      return question
          + "\n\nPlease reason step by step, and put your final answer within \\boxed{}.";
    }

    @Override
    String ask(String question, List<WorkedExample> examples) {
      return examples.stream()
              .map(of -> "Question: " + of.question() + "\nAnswer: " + of.solution() + "\n\n")
              .collect(Collectors.joining())
          + "Question: "
          + question
          + "\nAnswer:";
    }
  },
  /** Choices, as simple-evals and lighteval ask them. */
  CHOICES {
    @Override
    String ask(String question) {
      return "Answer the following multiple choice question. The last line of your response should"
          + " be of the following format: 'Answer: $LETTER' (without quotes) where LETTER is one of"
          + " ABCD. Think step by step before answering.\n\n"
          + question;
    }

    @Override
    String ask(String question, List<WorkedExample> examples) {
      throw new UnsupportedOperationException("choices have no worked examples");
    }
  };

  /** A question by itself. */
  abstract String ask(String question);

  /** A question behind worked examples, at least one. */
  abstract String ask(String question, List<WorkedExample> examples);

  /** Whether examples are of use. */
  boolean takesExamples() {
    return this != CHOICES;
  }
}
