package dev.splitreason.evaluation.report;

import dev.splitreason.core.policy.FirstTokenEntropy;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.policy.QuestionRouting;
import dev.splitreason.core.policy.ReflectionCues;
import dev.splitreason.core.policy.StepScoring;

/** Policies of one kind, which a report draws in one colour. */
enum Family {
  SMALL("#6e7781"),
  LARGE("#24292f"),
  LEARNED("#0969da"),
  RANDOM("#bc4c00"),
  ENTROPY("#1a7f37"),
  FIRST_TOKEN("#0e7490"),
  CUES("#bf3989"),
  STEPS("#8250df"),
  ROUTING("#9a6700");

  private final String colour;

  Family(String colour) {
    this.colour = colour;
  }

  static Family of(Policy policy) {
    return switch (policy) {
      case Policy.SmallOnly _ -> SMALL;
      case Policy.LargeOnly _ -> LARGE;
      case Policy.Learned _ -> LEARNED;
      case Policy.RandomSwitching _ -> RANDOM;
      case Policy.Entropy _ -> ENTROPY;
      case FirstTokenEntropy _ -> FIRST_TOKEN;
      case ReflectionCues _ -> CUES;
      case StepScoring _ -> STEPS;
      case QuestionRouting _ -> ROUTING;
    };
  }

  /** Its colour as {@code #rrggbb}. */
  String colour() {
    return colour;
  }
}
