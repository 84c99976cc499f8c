package dev.splitreason.files.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class SettingsRoundTripTest {

  /** Every kind of value that a configuration can have. */
  record Everything(
      long seed,
      int steps,
      double rate,
      boolean packing,
      String template,
      @Nullable String filter,
      @Nullable Integer topK,
      Duration timeout,
      Shape shape,
      List<String> files,
      Map<String, Thing> things) {

    static final Everything DEFAULT =
        new Everything(
            1, 2, 3, false, "chain", null, null, Duration.ZERO, Shape.AT_MOST, List.of(), Map.of());
  }

  /** What a user names. */
  record Thing(double weight, @Nullable String note) {}

  enum Shape {
    NONE,
    AT_MOST
  }

  @Property(tries = 200)
  void whatIsWrittenIsReadAgain(@ForAll("everything") Everything config) throws IOException {
    Path file = Files.createTempFile("settings", ".yaml");
    try {
      Files.writeString(file, ConfigFile.write(config));

      assertThat(ConfigFile.read(Everything.DEFAULT, file, List.of())).isEqualTo(config);
    } finally {
      Files.delete(file);
    }
  }

  @Provide
  Arbitrary<Everything> everything() {
    Arbitrary<Long> seeds = Arbitraries.longs();
    Arbitrary<Integer> steps = Arbitraries.integers();
    Arbitrary<Double> numbers =
        Arbitraries.oneOf(
            Arbitraries.doubles(),
            Arbitraries.of(1e-8, 1e300, Double.MIN_VALUE, Double.NEGATIVE_INFINITY, -0.0));
    Arbitrary<Thing> things = Combinators.combine(numbers, texts().injectNull(0.2)).as(Thing::new);
    Arbitrary<Duration> times =
        Arbitraries.longs().between(0, 1_000_000_000).map(Duration::ofMillis);
    return Combinators.combine(
            Combinators.combine(seeds, steps, numbers).as(Numbers::new),
            Arbitraries.of(true, false),
            texts(),
            texts().injectNull(0.3),
            steps.injectNull(0.3),
            times,
            Arbitraries.of(Shape.class),
            Combinators.combine(
                    texts().list().ofMaxSize(3), Arbitraries.maps(texts(), things).ofMaxSize(3))
                .as(Many::new))
        .as(
            (number, packing, template, filter, topK, timeout, shape, many) ->
                new Everything(
                    number.seed,
                    number.steps,
                    number.rate,
                    packing,
                    template,
                    filter,
                    topK,
                    timeout,
                    shape,
                    many.files,
                    many.things));
  }

  /** Texts that YAML could take for something else, and any others. */
  private static Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.of(
            "null",
            "~",
            "",
            "true",
            "no",
            "1",
            "1e3",
            "1_000",
            "0x1f",
            ".inf",
            "- a",
            "a: b",
            "#",
            "a #b",
            "'",
            "\"",
            "<bigmodel>",
            "</bigmodel>",
            "*a",
            "&a",
            "!a",
            "%",
            "@",
            "`",
            "|",
            ">",
            "?",
            "{}",
            "[a]",
            "<<",
            "=",
            " a ",
            "a\nb",
            "\n",
            "\t",
            "12:30",
            "2026-01-01"),
        Arbitraries.strings().ascii().ofMaxLength(12),
        Arbitraries.strings().withCharRange('\u00a0', '\ud7ff').ofMaxLength(6),
        Arbitraries.strings().ascii().ofMinLength(80).ofMaxLength(200));
  }

  private record Numbers(long seed, int steps, double rate) {}

  private record Many(List<String> files, Map<String, Thing> things) {}
}
