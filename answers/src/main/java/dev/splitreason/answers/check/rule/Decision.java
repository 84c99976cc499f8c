package dev.splitreason.answers.check.rule;

/**
 * What a rule found.
 *
 * @param equal whether the two expressions are the same answer
 * @param method the rule's name
 */
public record Decision(boolean equal, String method) {}
