package dev.splitreason.core.model;

/**
 * What a model can do beyond appending text and decoding. The split decoder has a fallback for each
 * one that is missing, named here.
 *
 * @param tokenIds sessions take and give token ids. Without: text is exchanged
 * @param scoring {@link Session#score} works. Without: the small model is asked for a short
 *     continuation after each chunk, and the span closes at the chunk's end if that begins with the
 *     close tag
 * @param logitBias {@link dev.splitreason.core.sampling.Sampling#bias} is honoured. Without: an
 *     offload bias is refused, and an open tag that the offload cap forbids becomes an empty span
 * @param entropy {@link DecodeRequest#maxEntropy} is honoured, and scores tell the entropy:
 *     exactly, or of a served model from its likeliest tokens. Without: the entropy policy is
 *     refused
 */
public record Capabilities(boolean tokenIds, boolean scoring, boolean logitBias, boolean entropy) {

  /** Everything: what an embedded engine offers. */
  public static final Capabilities ALL = new Capabilities(true, true, true, true);
}
