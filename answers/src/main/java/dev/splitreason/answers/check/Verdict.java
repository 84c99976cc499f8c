package dev.splitreason.answers.check;

/**
 * What an {@link AnswerChecker} found.
 *
 * @param equal whether the answer equals the reference
 * @param method what decided: {@code exact}, {@code normalised}, {@code choice}, {@code structure},
 *     {@code text}, {@code equation}, {@code plus-minus}, {@code interval}, {@code inequality},
 *     {@code list}, {@code set}, {@code tuple}, {@code matrix}, {@code ratio}, {@code time}, {@code
 *     unit}, {@code base}, {@code percent}, {@code degrees}, {@code numeric}, {@code probe}, {@code
 *     symbolic}; {@code none} when nothing could, {@code empty} when a side has no answer, {@code
 *     limit} when time, memory or steps ran out
 */
public record Verdict(boolean equal, String method) {}
