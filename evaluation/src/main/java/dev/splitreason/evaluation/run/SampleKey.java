package dev.splitreason.evaluation.run;

/**
 * What makes a sample one of its kind: a run that goes on does not draw it again.
 *
 * @param contender who answers
 * @param problem the problem's id
 * @param sample its number, counted from 0
 */
public record SampleKey(Contender contender, String problem, int sample) {}
