package dev.splitreason.evaluation.report.figure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class FigureTest {

  @Test
  void theFrontHasThePointsThatNoneBeats() {
    Point cheap = point(1, 0, 0.2);
    Point good = point(2, 5, 0.9);
    Point dearAndWorse = point(3, 10, 0.8);
    Point best = point(4, 100, 1);
    Point alike = point(5, 5, 0.9);

    assertThat(figure(dearAndWorse, best, cheap, good, alike).paretoFront())
        .containsExactly(cheap, good, alike, best);
  }

  @Test
  void pointsThatCoincideShareALabel() throws Exception {
    Figure figure =
        figure(
            point(1, 0, 0.2),
            point(2, 5, 0.9),
            point(3, 5, 0.9),
            point(4, 5.01, 0.9),
            point(5, 50, 0.5),
            point(6, 5, 0.9));

    assertThat(texts(figure.svg())).contains("1", "2–4, 6", "5").doesNotContain("3", "4", "6");
  }

  @Test
  void whatIsWrittenIsEscaped() throws Exception {
    Figure figure =
        new Figure("<cost> & \"more\"", Scale.LINEAR, List.of(named("a < b & c", 1, 3)));

    assertThat(texts(figure.svg())).contains("<cost> & \"more\"");
    assertThat(figure.png()).isNotEmpty();
  }

  @Test
  void aFigureOfNothingIsDrawn() throws Exception {
    assertThat(texts(figure().svg())).contains("cost", "100");
    assertThat(figure().png()).isNotEmpty();
  }

  @Test
  void ticksAreRoundAndReachTheLargestValue() {
    assertThat(ticks(Scale.LINEAR, 603)).startsWith("0").endsWith("600");
    assertThat(ticks(Scale.LINEAR, 4.4)).startsWith("0.0", "0.5").endsWith("4.0");
    assertThat(ticks(Scale.LINEAR, 0.57)).startsWith("0.0").endsWith("0.5");
    assertThat(ticks(Scale.ROOT, 100)).startsWith("0", "1", "2").endsWith("50", "100");
    assertThat(ticks(Scale.ROOT, 7)).startsWith("0", "0.1").endsWith("5");
  }

  @Test
  void aPictureHasRoomForTheLongestName() throws Exception {
    Figure brief = figure(point(1, 5, 0.9));
    Figure wordy =
        new Figure("cost", Scale.ROOT, List.of(named("random:0.1:16 · " + "m".repeat(60), 1, 5)));

    assertThat(width(wordy.png())).isGreaterThan(width(brief.png()));
  }

  private static int width(byte[] png) throws Exception {
    return ImageIO.read(new ByteArrayInputStream(png)).getWidth();
  }

  private static List<String> ticks(Scale scale, double most) {
    return scale.ticks(most, 420).stream().map(Scale.Tick::label).toList();
  }

  private static Figure figure(Point... points) {
    return new Figure("cost", Scale.ROOT, List.of(points));
  }

  private static Point point(int number, double cost, double accuracy) {
    return new Point(number, "p" + number, "#000000", cost, accuracy, accuracy, accuracy);
  }

  private static Point named(String name, int number, double cost) {
    return new Point(number, name, "#000000", cost, 0.5, 0.4, 0.6);
  }

  private static List<String> texts(String svg) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg)));
    NodeList elements = document.getElementsByTagName("text");
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < elements.getLength(); i++) {
      texts.add(((Element) elements.item(i)).getTextContent());
    }
    return texts;
  }
}
