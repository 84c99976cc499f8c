package dev.splitreason.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.splitreason.core.trace.Trace;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a response tells beside its text: that of any model, and who wrote what of it. */
public final class SplitReasonChatResponseMetadata extends ChatResponseMetadata {

  private final Trace trace;

  private SplitReasonChatResponseMetadata(Builder builder) {
    super(builder);
    this.trace = Objects.requireNonNull(builder.trace);
  }

  /** Segments by author, offload ratio, times, and whether the large model failed. */
  public Trace trace() {
    return trace;
  }

  @Override
  public Builder toBuilder() {
    Builder builder = new Builder();
    super.toBuilder(builder);
    return builder.trace(trace);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return super.equals(other)
        && other instanceof SplitReasonChatResponseMetadata metadata
        && trace.equals(metadata.trace);
  }

  @Override
  public int hashCode() {
    return 31 * super.hashCode() + trace.hashCode();
  }

  /** Builds {@link SplitReasonChatResponseMetadata}. */
  public static final class Builder extends ChatResponseMetadata.Builder<Builder> {

    private @Nullable Trace trace;

    Builder() {}

    /** The whole answer as it was written. */
    public Builder trace(Trace answer) {
      this.trace = answer;
      return this;
    }

    @Override
    public SplitReasonChatResponseMetadata build() {
      return new SplitReasonChatResponseMetadata(this);
    }
  }
}
