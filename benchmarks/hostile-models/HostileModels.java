import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.engine.llamacpp.LlamaCppModel;
import dev.splitreason.engine.llamacpp.LlamaCppOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Opens damaged copies of a bundled model in this process, one after another: ends with an error if
 * one hangs, tells more than a line or takes too much memory, and not at all if one ends the
 * process.
 */
public final class HostileModels {

  private static final LlamaCppOptions OPTIONS =
      LlamaCppOptions.DEFAULTS.withThreads(1).withContextLength(128).withMaxSessions(2);

  /** What one damaged file may take, trial included. */
  private static final Duration LIMIT = Duration.ofSeconds(190);

  /** What this process may take over all files. */
  private static final long MOST_MEMORY_KB = 2L << 20;

  private static final long[] ODD = {
    0, 1, 2, 3, 7, 255, 256, 4096, 1 << 20, 0x7FFF_FFFFL, 0x8000_0000L, 0xFFFF_FFFFL
  };

  private HostileModels() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int count = 2000;
    long seed = 1;
    Path model = Path.of("models/small.gguf");
    for (int i = 0; i + 1 < args.length; i += 2) {
      switch (args[i]) {
        case "--count" -> count = Integer.parseInt(args[i + 1]);
        case "--seed" -> seed = Long.parseLong(args[i + 1]);
        case "--model" -> model = Path.of(args[i + 1]);
        default -> throw new IllegalArgumentException("unknown option " + args[i]);
      }
    }
    byte[] original = Files.readAllBytes(model);
    GgufFile header = GgufFile.read(model);
    Path folder = Files.createTempDirectory("hostile");
    Map<String, Integer> outcomes = new TreeMap<>();
    List<Long> millis = new ArrayList<>();
    int bad = 0;
    for (int i = 0; i < count; i++) {
      byte[] mutant = mutate(original, header, new SplittableRandom(seed * 1_000_003 + i));
      Path file = Files.write(folder.resolve("mutant.gguf"), mutant);
      long start = System.nanoTime();
      String outcome = open(file);
      long took = (System.nanoTime() - start) / 1_000_000;
      millis.add(took);
      boolean fine = took < LIMIT.toMillis() && !outcome.contains("\n");
      if (!fine) {
        bad++;
        System.out.printf("mutant %d: %d ms, %s%n", i, took, outcome);
      }
      if (took > 5_000) {
        System.err.printf("mutant %d took %d ms: %s%n", i, took, outcome);
      }
      outcomes.merge(kind(outcome), 1, Integer::sum);
      if (i % 100 == 99) {
        System.err.printf("%d of %d%n", i + 1, count);
      }
    }
    Files.deleteIfExists(folder.resolve("mutant.gguf"));
    Files.delete(folder);
    long peak = peakKilobytes();
    millis.sort(null);
    outcomes.forEach((kind, times) -> System.out.printf("%6d  %s%n", times, kind));
    System.out.printf(
        "%d mutants, seed %d: median %d ms, slowest %d ms, peak memory %d MB, %d not as they should"
            + " be%n",
        count, seed, millis.get(count / 2), millis.getLast(), peak >> 10, bad);
    System.exit(bad == 0 && peak < MOST_MEMORY_KB ? 0 : 1);
  }

  private static String open(Path file) throws InterruptedException {
    try (LanguageModel model = LlamaCppModel.load(file, OPTIONS)) {
      int[] ids = model.tokenizer().tokenize("12*34=");
      if (ids.length == 0) {
        return "answers";
      }
      try (Session session = model.open()) {
        session.append(ids);
        session.decode(DecodeRequest.upTo(3, Sampling.GREEDY), token -> {});
      }
      return "answers";
    } catch (ModelException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** One to three damages, most of them where llama.cpp reads structure. */
  private static byte[] mutate(byte[] original, GgufFile header, SplittableRandom random) {
    byte[] mutant = original.clone();
    int structure = (int) header.dataOffset();
    for (int damages = random.nextInt(1, 4); damages > 0; damages--) {
      int area = random.nextInt(10) == 0 ? mutant.length : Math.min(structure, mutant.length);
      int at = random.nextInt(area);
      switch (random.nextInt(6)) {
        case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> mutant[at] = (byte) random.nextInt(256);
        case 2, 3 -> number(mutant, header, random);
        case 4 -> {
          if (at + 4 <= mutant.length) {
            little(mutant).putInt(at, (int) ODD[random.nextInt(ODD.length)]);
          }
        }
        default -> {
          if (random.nextInt(4) == 0) {
            mutant = Arrays.copyOf(mutant, random.nextInt(1, mutant.length));
          } else {
            int length = Math.min(random.nextInt(1, 64), mutant.length - at);
            System.arraycopy(mutant, random.nextInt(mutant.length - length), mutant, at, length);
          }
        }
      }
    }
    return mutant;
  }

  /** Gives a key another value, or another type with it. */
  private static void number(byte[] mutant, GgufFile header, SplittableRandom random) {
    List<String> keys = List.copyOf(header.metadata().keySet());
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

  private static String kind(String outcome) {
    if (outcome.equals("answers")) {
      return "answered";
    }
    if (outcome.contains("llama.cpp cannot live")) {
      return "ended the process of the trial: " + outcome.replaceFirst(".*this file: ", "");
    }
    return outcome.contains("trial") ? "the trial did not finish" : "refused in one line";
  }

  private static long peakKilobytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return 0;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElse(0);
  }
}
