package dev.splitreason.evaluation.run;

import dev.splitreason.core.policy.PolicyChoice;
import dev.splitreason.core.split.Pair;

/**
 * A contender that is ready to answer.
 *
 * @param contender how it is called
 * @param policy what it does
 * @param pair the models it does it with
 */
public record Entry(Contender contender, PolicyChoice policy, Pair pair) {}
