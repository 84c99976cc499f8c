package dev.splitreason.training.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ExamplePackingProperties {

  private static final int ROW = 100;

  @Property
  void everyExampleIsInOneRow(
      @ForAll("examples") List<dev.splitreason.training.example.Example> examples) {
    var rows = ExamplePacking.rows(examples, ROW);

    assertThat(rows.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(examples);
  }

  @Property
  void noRowIsTooLongOrEmpty(
      @ForAll("examples") List<dev.splitreason.training.example.Example> examples) {
    for (var row : ExamplePacking.rows(examples, ROW)) {
      assertThat(row.stream().mapToInt(e -> e.length()).sum()).isBetween(1, ROW);
    }
  }

  @Property
  void twoHalfEmptyRowsNeverRemain(
      @ForAll("examples") List<dev.splitreason.training.example.Example> examples) {
    long halfEmpty =
        ExamplePacking.rows(examples, ROW).stream()
            .filter(row -> row.stream().mapToInt(e -> e.length()).sum() <= ROW / 2)
            .count();

    assertThat(halfEmpty).isLessThanOrEqualTo(1);
  }

  @Example
  void anExampleLongerThanARowIsRefused() {
    assertThatThrownBy(() -> ExamplePacking.rows(List.of(example(101)), ROW))
        .hasMessage("an example of 101 tokens does not fit a row of 100");
  }

  @Provide
  Arbitrary<List<dev.splitreason.training.example.Example>> examples() {
    return Arbitraries.integers().between(2, ROW).map(ExamplePackingProperties::example).list();
  }

  private static dev.splitreason.training.example.Example example(int length) {
    return new ExampleBuilder().add(new int[length], 1).build();
  }
}
