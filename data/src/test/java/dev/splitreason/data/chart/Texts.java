package dev.splitreason.data.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/**
 * What is written in a drawing, and where.
 *
 * @param width of the drawing
 * @param height of it
 * @param boxes of all texts
 */
record Texts(double width, double height, List<Box> boxes) {

  record Box(String text, double left, double top, double right, double bottom) {

    boolean covers(Box other) {
      return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
    }
  }

  static Texts of(String svg) {
    Element drawing;
    try {
      drawing =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(new InputSource(new StringReader(svg)))
              .getDocumentElement();
    } catch (Exception e) {
      throw new AssertionError(svg, e);
    }
    double[] view =
        Pattern.compile(" ")
            .splitAsStream(drawing.getAttribute("viewBox"))
            .mapToDouble(Double::parseDouble)
            .toArray();
    NodeList elements = drawing.getElementsByTagName("text");
    List<Box> boxes = new ArrayList<>();
    for (int i = 0; i < elements.getLength(); i++) {
      boxes.add(box((Element) elements.item(i)));
    }
    return new Texts(view[2], view[3], boxes);
  }

  private static Box box(Element text) {
    double x = number(text, "x");
    double y = number(text, "y");
    double size = number(text, "font-size");
    double width = Svg.widthOf(text.getTextContent()) * size / Svg.FONT;
    double left =
        switch (text.getAttribute("text-anchor")) {
          case "middle" -> x - width / 2;
          case "end" -> x - width;
          default -> x;
        };
    return new Box(text.getTextContent(), left, y - 0.8 * size, left + width, y + 0.2 * size);
  }

  private static double number(Element element, String name) {
    return Double.parseDouble(element.getAttribute(name));
  }

  List<String> words() {
    return boxes.stream().map(Box::text).toList();
  }

  /** No text covers another, and all are inside the drawing. */
  void assertReadable() {
    for (int i = 0; i < boxes.size(); i++) {
      Box box = boxes.get(i);
      assertThat(box.left).as(box.text).isNotNegative();
      assertThat(box.right).as(box.text).isLessThanOrEqualTo(width + 0.1);
      assertThat(box.bottom).as(box.text).isLessThanOrEqualTo(height);
      for (Box other : boxes.subList(i + 1, boxes.size())) {
        assertThat(box.covers(other)).as(box + " covers " + other).isFalse();
      }
    }
  }
}
