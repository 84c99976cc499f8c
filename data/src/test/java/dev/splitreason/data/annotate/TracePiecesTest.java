package dev.splitreason.data.annotate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.splitreason.data.annotate.TracePieces.Piece;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TracePiecesTest {

  private final TracePieces pieces = new TracePieces(40, 8);

  @Test
  void aShortTraceIsOnePiece() {
    assertThat(pieces.of("short")).containsExactly(new Piece(0, "short"));
  }

  @Test
  void piecesEndAtParagraphs() {
    List<Piece> cut = pieces.of("first paragraph, long\n\nsecond paragraph\n\nthird one");
    assertThat(cut.getFirst().text()).isEqualTo("first paragraph, long\n\n");
  }

  @Property
  void piecesCoverTheTraceOverlapAndStayWithinBounds(@ForAll("traces") String trace) {
    int covered = 0;
    int previousStart = -1;
    for (Piece piece : pieces.of(trace)) {
      assertThat(piece.start()).isGreaterThan(previousStart).isLessThanOrEqualTo(covered);
      assertThat(piece.text().length()).isLessThanOrEqualTo(40);
      assertThat(trace.startsWith(piece.text(), piece.start())).isTrue();
      assertThat(piece.text().isEmpty() || !Character.isLowSurrogate(piece.text().charAt(0)))
          .isTrue();
      previousStart = piece.start();
      covered = piece.start() + piece.text().length();
    }
    assertThat(covered).isEqualTo(trace.length());
  }

  @Provide
  Arbitrary<String> traces() {
    return Arbitraries.of("word ", "\n\n", "\n", "unbroken", "\ud83d\ude00", "。")
        .list()
        .ofMaxSize(80)
        .map(parts -> String.join("", parts));
  }
}
