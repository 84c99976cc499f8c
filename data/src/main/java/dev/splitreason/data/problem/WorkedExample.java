package dev.splitreason.data.problem;

/**
 * A problem with its solution, to be shown before the one that is asked.
 *
 * @param question what is asked
 * @param solution how it is answered, in the benchmark's own format
 */
record WorkedExample(String question, String solution) {}
