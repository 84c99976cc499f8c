package dev.splitreason.answers.check;

/**
 * What a {@link CheckRun} did.
 *
 * @param checked pairs with a verdict
 * @param equal pairs that are equal
 * @param problems lines that could not be used
 */
public record CheckSummary(long checked, long equal, long problems) {}
