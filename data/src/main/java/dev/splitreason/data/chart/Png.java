package dev.splitreason.data.chart;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.FloatSize;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import javax.imageio.ImageIO;

/** SVG as a picture of pixels, on white. */
public final class Png {

  /** Pixels for each unit of the drawing. */
  private static final int SHARPNESS = 2;

  private Png() {}

  /** Renders a drawing that has a view box. */
  public static byte[] of(String svg) {
    SVGDocument drawing = parse(svg);
    FloatSize size = drawing.size();
    var image =
        new BufferedImage(
            Math.round(SHARPNESS * size.width),
            Math.round(SHARPNESS * size.height),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, image.getWidth(), image.getHeight());
    graphics.scale(SHARPNESS, SHARPNESS);
    drawing.render(null, graphics, drawing.viewBox());
    graphics.dispose();
    var png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return png.toByteArray();
  }

  private static SVGDocument parse(String svg) {
    String standalone = svg.replaceFirst("<svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"");
    SVGDocument drawing =
        new SVGLoader()
            .load(
                new ByteArrayInputStream(standalone.getBytes(StandardCharsets.UTF_8)),
                null,
                LoaderContext.createDefault());
    if (drawing == null) {
      throw new IllegalArgumentException("no SVG: " + svg);
    }
    return drawing;
  }
}
