package dev.splitreason.data.match;

/**
 * Where a pattern lies in a normalised text.
 *
 * @param start offset of its first unit in the view
 * @param end offset behind its last unit in the view
 * @param edits insertions, deletions and substitutions that make the pattern of it
 */
record ApproximateMatch(int start, int end, int edits) {}
