package dev.splitreason.training.sft;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.training.example.LengthLimit;
import dev.splitreason.training.example.LengthLimit.Longer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The traces to learn from, and how they become examples.
 *
 * @param files Parquet or JSONL files, or globs
 * @param problem the column of questions; null for the usual names
 * @param trace the column of traces with tags; both spellings of the close tag are read
 * @param filter an SQL condition on the files' columns, or null
 * @param sample how many rows to draw, or 0 for all
 * @param template of the prompt
 * @param hint whether the prompt tells about the tags
 * @param openTag hands over to the large model
 * @param closeTag hands back
 * @param maxLength the longest example, and with packing the length of a row, in tokens
 * @param longer what becomes of longer ones
 * @param packing whether several examples share a row, without attention across them
 * @param heldOut how many examples are kept aside to measure the loss on
 * @param assumed what a dry run reckons with where the files or the tokenizer are not there
 */
public record TraceData(
    List<String> files,
    @Nullable String problem,
    String trace,
    @Nullable String filter,
    int sample,
    String template,
    boolean hint,
    String openTag,
    String closeTag,
    int maxLength,
    Longer longer,
    boolean packing,
    int heldOut,
    Assumed assumed) {

  /**
   * The size of data that is not there.
   *
   * @param examples how many
   * @param tokens of each, on average
   */
  public record Assumed(int examples, int tokens) {}

  /** Everything in a file as the annotator writes it, for the bundled models. */
  public static final TraceData DEFAULT =
      new TraceData(
          List.of(),
          null,
          "annotated",
          null,
          0,
          "chain",
          false,
          TagSpelling.BIGMODEL.open(),
          TagSpelling.BIGMODEL.close(),
          512,
          Longer.DROP,
          false,
          100,
          new Assumed(10_000, 128));

  public TraceData {
    files = List.copyOf(files);
    if (sample < 0 || heldOut < 0) {
      throw new UserMistake("sample and held-out must be 0 or more");
    }
    TagSpelling _ = new TagSpelling(openTag, closeTag);
    LengthLimit _ = new LengthLimit(maxLength, longer);
  }

  TagSpelling tags() {
    return new TagSpelling(openTag, closeTag);
  }

  LengthLimit limit() {
    return new LengthLimit(maxLength, longer);
  }
}
