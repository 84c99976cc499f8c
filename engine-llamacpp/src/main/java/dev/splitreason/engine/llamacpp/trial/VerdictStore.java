package dev.splitreason.engine.llamacpp.trial;

import dev.splitreason.core.file.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verdicts that last, one small file each. Where they cannot be kept, trials are repeated; nothing
 * else depends on them.
 *
 * @param folder made when it is needed
 */
public record VerdictStore(Path folder) {

  private static final Logger LOG = LoggerFactory.getLogger(VerdictStore.class);

  private static final String SURVIVED = "survived";
  private static final String ENDED = "ended ";

  /** How many are kept; the oldest go first. */
  private static final int MOST = 4096;

  /**
   * What is kept.
   *
   * @param note what was to be remembered beside the verdict
   */
  public record Remembered(TrialVerdict verdict, String note) {}

  /** The verdict on what {@code facts} describe, or null if there is none. */
  public @Nullable Remembered find(List<String> facts) {
    try {
      String[] lines = Files.readString(file(facts)).split("\n", 3);
      TrialVerdict verdict = lines.length < 2 ? null : verdict(lines[0]);
      return verdict == null ? null : new Remembered(verdict, lines[1]);
    } catch (IOException e) {
      return null;
    }
  }

  private static @Nullable TrialVerdict verdict(String text) {
    if (text.equals(SURVIVED)) {
      return new TrialVerdict.Survived();
    }
    return text.startsWith(ENDED) ? new TrialVerdict.Ended(text.substring(ENDED.length())) : null;
  }

  /** Keeps a verdict, and a line beside it, if it lasts. */
  public void keep(List<String> facts, TrialVerdict verdict, String note) {
    String text =
        switch (verdict) {
          case TrialVerdict.Survived() -> SURVIVED;
          case TrialVerdict.Ended(String reason) -> ENDED + reason;
          default -> null;
        };
    if (text == null) {
      return;
    }
    try {
      Files.createDirectories(folder);
      makeRoom();
      Path part = Files.createTempFile(folder, "verdict-", ".part");
      Files.writeString(part, text + "\n" + note + "\n");
      Files.move(part, file(facts), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      LOG.debug("a verdict is not kept in {}: {}", folder, e.toString());
    }
  }

  private void makeRoom() throws IOException {
    try (Stream<Path> listing = Files.list(folder)) {
      List<Path> files = listing.toList();
      if (files.size() < MOST) {
        return;
      }
      List<Path> oldest =
          files.stream()
              .sorted(Comparator.comparingLong(file -> file.toFile().lastModified()))
              .limit(MOST / 2)
              .toList();
      for (Path file : oldest) {
        Files.deleteIfExists(file);
      }
    }
  }

  private Path file(List<String> facts) {
    MessageDigest digest = Sha256.begin();
    for (String fact : facts) {
      digest.update(fact.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
    }
    return folder.resolve(HexFormat.of().formatHex(digest.digest(), 0, 16));
  }
}
