package dev.splitreason.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class LinesTest {

  private final StringWriter stderr = new StringWriter();

  @Test
  void theEndIsToldAtOnceAndOnce() {
    try (Lines lines = lines()) {
      lines.tell(2, "fine");
      lines.tell(3, "done");
    }
    assertThat(stderr).hasToString("annotate: 3/3 traces; done\n");
  }

  @Test
  void whatWasToldLastIsShownWhenTheWorkEndsEarly() {
    try (Lines lines = lines()) {
      lines.tell(1, "fine");
      lines.tell(2, "worse");
      assertThat(stderr.toString()).isEmpty();
    }
    assertThat(stderr).hasToString("annotate: 2/3 traces; worse\n");
  }

  private Lines lines() {
    return new Lines("annotate", "traces", 3, 0, new PrintWriter(stderr));
  }
}
