package dev.splitreason.core.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.prompt.Prompt;
import dev.splitreason.core.prompt.PromptTemplate;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.Segment;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.core.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pair of scripted models that answers one question, and what must hold for every answer. */
final class Play {

  static final String HINT = "Mark what is hard. ";
  static final String QUESTION = "What is 1?";

  /** The small model's prompt under the learned policy, and the large one's. */
  static final String SMALL_PROMPT = HINT + QUESTION + Vocabulary.GO;

  static final String LARGE_PROMPT = QUESTION + Vocabulary.GO;

  static final PromptTemplate TEMPLATE =
      new PromptTemplate() {
        @Override
        public Prompt render(List<Message> messages, boolean hinted) {
          String question = messages.getFirst().content();
          return new Prompt(
              List.of(
                  new Prompt.Part((hinted ? HINT : "") + question, false),
                  new Prompt.Part(Vocabulary.GO, true)));
        }

        @Override
        public String name() {
          return "play";
        }
      };

  final ScriptedModel small;
  final ScriptedModel large;
  final List<String> pieces = new ArrayList<>();
  @Nullable ScriptedModel base;
  int chunk = SpanSettings.DEFAULT.chunk();
  int spanCap = SpanSettings.DEFAULT.cap();

  Play(ScriptedModel small, ScriptedModel large) {
    this.small = small;
    this.large = large;
  }

  /** Two models with single-token tags in one vocabulary. */
  static Play of(Language small, Language large) {
    return new Play(
        new ScriptedModel(Vocabulary.TAGGED, small), new ScriptedModel(Vocabulary.TAGGED, large));
  }

  Play withBase(ScriptedModel base) {
    this.base = base;
    return this;
  }

  Play withChunk(int chunk) {
    this.chunk = chunk;
    return this;
  }

  Play withSpanCap(int spanCap) {
    this.spanCap = spanCap;
    return this;
  }

  Trace decode() {
    return decode(SplitOptions.DEFAULT);
  }

  Trace decode(SplitOptions options) {
    pieces.clear();
    Pair pair =
        Pair.builder()
            .small(small, TEMPLATE)
            .large(large, TEMPLATE)
            .base(base)
            .spans(SpanSettings.of(chunk, spanCap))
            .build();
    try {
      Trace trace =
          new SplitDecoder(pair)
              .decode(List.of(Message.user(QUESTION)), options, (_, piece) -> pieces.add(piece));
      holdsTogether(trace, options);
      return trace;
    } finally {
      leavesNothingBehind();
    }
  }

  private void holdsTogether(Trace trace, SplitOptions options) {
    assertThat(String.join("", pieces)).isEqualTo(trace.text());
    assertThat(pieces).noneMatch(String::isEmpty);
    assertThat(trace.usage().smallTokens()).isEqualTo(tokens(trace, Author.SMALL));
    assertThat(trace.usage().largeTokens()).isEqualTo(tokens(trace, Author.LARGE));
    int kept = trace.usage().smallTokens() + trace.usage().largeTokens();
    assertThat(kept).isLessThanOrEqualTo(options.maxTokens()).isEqualTo(trace.tokenTimes().size());
    for (int i = 1; i < trace.segments().size(); i++) {
      assertThat(trace.segments().get(i).author())
          .isNotEqualTo(trace.segments().get(i - 1).author());
    }
  }

  private void leavesNothingBehind() {
    boolean interrupted = Thread.interrupted();
    try {
      assertThat(small.isLeftAlone()).isTrue();
      assertThat(large.isLeftAlone()).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  static int tokens(Trace trace, Author author) {
    return trace.segments().stream()
        .filter(segment -> segment.author() == author)
        .mapToInt(Segment::tokens)
        .sum();
  }

  /** An answer as one line: the large model's part between ⟦ and ⟧. */
  static String show(Trace trace) {
    StringBuilder line = new StringBuilder();
    for (Segment segment : trace.segments()) {
      line.append(segment.author() == Author.LARGE ? "⟦" + segment.text() + "⟧" : segment.text());
    }
    return line.toString();
  }
}
