package dev.splitreason.training.pretrain;

import dev.splitreason.core.model.Tokenizer;
import dev.splitreason.training.example.Example;
import dev.splitreason.training.example.ExampleBuilder;
import java.util.SplittableRandom;

/**
 * Unrelated lines of arithmetic, written as in the solutions of chain problems. Only the digits
 * behind {@code =} are learned: the operands are random, and their gradient would be noise.
 */
final class Drill {

  private static final String BEGIN = "<｜begin▁of▁sentence｜>";

  private Drill() {}

  static Example of(ChainData data, Tokenizer tokenizer, SplittableRandom random) {
    ExampleBuilder example = new ExampleBuilder();
    example.add(tokenizer.tokenizeWithControl(BEGIN), 0);
    for (int i = 0; i < data.drillLines(); i++) {
      String line = line(data, random);
      int equals = line.indexOf('=') + 1;
      example.add(tokenizer.tokenize(line.substring(0, equals)), 0);
      example.add(tokenizer.tokenize(line.substring(equals)), 1);
      example.add(tokenizer.tokenize("\n"), 0);
    }
    return example.build();
  }

  private static String line(ChainData data, SplittableRandom random) {
    int x = random.nextInt(100);
    if (random.nextDouble() < data.drillProducts()) {
      int y = random.nextInt(11, data.greatestFactor() + 1);
      return "%02d*%02d=%04d".formatted(x, y, x * y);
    }
    int y = random.nextInt(data.greatestTerm() + 1);
    return random.nextBoolean()
        ? "%02d+%02d=%02d".formatted(x, y, (x + y) % 100)
        : "%02d-%02d=%02d".formatted(x, y, Math.floorMod(x - y, 100));
  }
}
