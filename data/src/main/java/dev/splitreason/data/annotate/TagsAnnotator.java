package dev.splitreason.data.annotate;

import dev.splitreason.data.annotate.Annotation.Cost;
import dev.splitreason.data.source.SourceTrace;
import dev.splitreason.data.store.Status;
import dev.splitreason.data.tagged.ScoredSpan;
import dev.splitreason.data.tagged.TaggedText;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Keeps the spans that are tagged in the source: the published data set of arXiv 2504.16379, say,
 * or an annotated set of this project that is to be filtered.
 */
public final class TagsAnnotator implements Annotator {

  @Override
  public Provenance provenance() {
    return new Provenance("tags", "source", null, new LinkedHashMap<>());
  }

  @Override
  public Annotation annotate(SourceTrace trace) {
    TaggedText tagged = trace.tagged();
    if (!tagged.defects().isEmpty()) {
      return rejected(Status.MALFORMED, "tags that pair with none: " + tagged.defects());
    }
    List<ScoredSpan> spans =
        tagged.spans().stream()
            .filter(span -> span.length() > 0)
            .map(span -> new ScoredSpan(span.start(), span.end(), 1))
            .toList();
    return spans.isEmpty()
        ? rejected(Status.EMPTY, "nothing is tagged in the source")
        : new Annotation.Found(spans, List.of(), Cost.NONE);
  }

  private static Annotation rejected(Status status, String detail) {
    return new Annotation.Rejected(status, detail, List.of(), Cost.NONE);
  }

  @Override
  public void close() {
    // There is nothing open.
  }
}
