package dev.splitreason.benchmarks.hostile;

import dev.splitreason.core.gguf.GgufFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damaged copies of a GGUF file: the same ones for the same seed. */
final class Mutants {

  private static final long[] ODD = {
    0, 1, 2, 3, 7, 255, 256, 4096, 1 << 20, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL
  };

  private final byte[] original;
  private final GgufFile header;
  private final List<String> keys;
  private final long seed;

  Mutants(Path model, long seed) throws IOException {
    this.original = Files.readAllBytes(model);
    this.header = GgufFile.read(model);
    this.keys = List.copyOf(header.metadata().keySet());
    this.seed = seed;
  }

  /** One to three damages, most of them where llama.cpp reads structure. */
  byte[] get(int index) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + index);
    byte[] mutant = original.clone();
    int structure = (int) header.dataOffset();
    for (int damages = random.nextInt(1, 4); damages > 0; damages--) {
      int area = random.nextInt(10) == 0 ? mutant.length : Math.min(structure, mutant.length);
      int at = random.nextInt(area);
      switch (random.nextInt(6)) {
        case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> mutant[at] = (byte) random.nextInt(256);
        case 2, 3 -> changeNumber(mutant, random);
        case 4 -> {
          if (at + Integer.BYTES <= mutant.length) {
            little(mutant).putInt(at, (int) ODD[random.nextInt(ODD.length)]);
          }
        }
        default -> mutant = cutOrRepeat(mutant, at, random);
      }
    }
    return mutant;
  }

  private static byte[] cutOrRepeat(byte[] mutant, int at, SplittableRandom random) {
    if (random.nextInt(4) == 0) {
      return Arrays.copyOf(mutant, random.nextInt(1, mutant.length));
    }
    int length = Math.min(random.nextInt(1, 64), mutant.length - at);
    System.arraycopy(mutant, random.nextInt(mutant.length - length), mutant, at, length);
    return mutant;
  }

  /** Gives a key another value, or another type with it. */
  private void changeNumber(byte[] mutant, SplittableRandom random) {
    byte[] key = keys.get(random.nextInt(keys.size())).getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at + key.length + 8 < mutant.length; at++) {
      if (Arrays.equals(mutant, at, at + key.length, key, 0, key.length)) {
        int value = at + key.length + (random.nextInt(5) == 0 ? 0 : 4);
        little(mutant).putInt(value, (int) ODD[random.nextInt(ODD.length)]);
        return;
      }
    }
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
