package dev.splitreason.cli.ask;

import dev.splitreason.cli.output.Highlight;
import dev.splitreason.cli.output.Stdout;
import dev.splitreason.core.tag.TagAutomaton;
import dev.splitreason.core.tag.TagEvent;
import dev.splitreason.core.tag.TagSpelling;
import dev.splitreason.core.trace.Author;
import dev.splitreason.core.trace.Trace;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answer while it is written: the small model's words plain, the large model's highlighted. The
 * tags are not shown, the highlight stands where they are. What the answer cost goes to stderr.
 */
final class LiveView implements AnswerView {

  private final Stdout out;
  private final PrintWriter stderr;
  private final Highlight highlight;
  private final TagAutomaton tags;
  private @Nullable Author author;
  private boolean started;

  LiveView(Stdout out, PrintWriter stderr, Highlight highlight, TagSpelling tags) {
    this.out = out;
    this.stderr = stderr;
    this.highlight = highlight;
    this.tags = new TagAutomaton(tags);
  }

  @Override
  public void onText(Author author, String text) {
    started = true;
    if (author != this.author) {
      endTurn();
      this.author = author;
      out.printStyled(author == Author.LARGE ? highlight.on() : "");
    }
    if (author == Author.LARGE) {
      out.print(text);
    } else {
      printText(tags.feed(text));
    }
  }

  @Override
  public void show(Trace trace) {
    endAnswer();
    stderr.println(Footer.of(trace));
    stderr.flush();
  }

  @Override
  public void close() {
    endAnswer();
  }

  private void endAnswer() {
    if (started) {
      endTurn();
      out.print("\n");
      started = false;
    }
  }

  private void endTurn() {
    printText(tags.finish());
    if (author == Author.LARGE) {
      out.printStyled(highlight.off());
    }
    author = null;
  }

  private void printText(List<TagEvent> events) {
    for (TagEvent event : events) {
      if (event instanceof TagEvent.Text(String text, int _, int _)) {
        out.print(text);
      }
    }
  }
}
