package dev.splitreason.simulator.profile;

import dev.splitreason.core.error.Place;
import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.text.TextFile;
import dev.splitreason.files.jsonl.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/** Profiles as JSON files, with the records' component names in snake case. */
public final class ProfileJson {

  private static final JsonMapper JSON =
      Json.MAPPER
          .rebuild()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(SerializationFeature.INDENT_OUTPUT)
          .build();

  private ProfileJson() {}

  /**
   * Reads a profile.
   *
   * @throws IOException if the file cannot be read
   * @throws UserMistake with a one-line message, if it is no profile
   */
  public static PairProfile read(Path file) throws IOException {
    String text = TextFile.read(file);
    try {
      return JSON.readValue(text, PairProfile.class);
    } catch (JacksonException e) {
      throw new UserMistake(reason(e), e).at(new Place.File(file));
    }
  }

  /** A profile as it is read, indented. */
  public static String write(PairProfile profile) {
    return JSON.writeValueAsString(profile) + "\n";
  }

  /** What a file holds of a profile that is not finished; null if it is none. */
  public static @Nullable UnfinishedProfile readUnfinished(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return null;
    }
    try {
      return JSON.readValue(TextFile.read(file), UnfinishedProfile.class);
    } catch (JacksonException | UserMistake e) {
      // A whole profile, or something else.
      return null;
    }
  }

  /** What is measured so far, as it is read. */
  public static String write(UnfinishedProfile profile) {
    return JSON.writeValueAsString(profile) + "\n";
  }

  private static String reason(JacksonException e) {
    String where = e instanceof DatabindException d ? path(d) : "";
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "unknown key '"
          + unknown.getPropertyName()
          + "'"
          + where
          + "; known are "
          + unknown.getKnownPropertyIds();
    }
    Throwable cause = e.getCause();
    if (cause instanceof IllegalArgumentException || cause instanceof NullPointerException) {
      return cause.getMessage() + where;
    }
    return Json.complaint(e) + where;
  }

  private static String path(DatabindException e) {
    String path =
        String.join(
            ".",
            e.getPath().stream()
                .map(step -> step.getPropertyName())
                .filter(name -> name != null)
                .toList());
    return path.isEmpty() ? "" : " (at " + path + ")";
  }
}
