package dev.splitreason.data.llm;

import dev.splitreason.core.file.Sha256;
import dev.splitreason.files.jsonl.Json;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Answers that were paid for, by the digest of their request, and which requests were sent but not
 * answered yet. Thread-safe for different requests.
 */
final class ReplyCache {

  private final Path folder;

  ReplyCache(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** What names a request: its server and all it says. */
  static String key(Endpoint endpoint, String body) {
    MessageDigest digest = Sha256.begin();
    digest.update(endpoint.completions().toString().getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    digest.update(body.getBytes(StandardCharsets.UTF_8));
    return Sha256.hex(digest);
  }

  /** The answer to a request, or null if it was never paid for. */
  @Nullable Reply get(String key) throws IOException {
    Path file = file(key);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      return Json.MAPPER.readValue(Files.readAllBytes(file), Reply.class);
    } catch (JacksonException e) {
      // A disk that lost it; it is asked for again and replaced.
      return null;
    }
  }

  /** Keeps an answer; it is there whole or not at all, also if the thread is interrupted. */
  void put(String key, Reply reply) throws IOException {
    Path partial = folder.resolve(key + ".partial");
    try (var file = new FileOutputStream(partial.toFile())) {
      file.write(Json.line(reply));
    } catch (IOException e) {
      throw cannotWrite(e);
    }
    Files.move(partial, file(key), StandardCopyOption.ATOMIC_MOVE);
    forgetSent(key);
  }

  /** Notes that a request is about to be sent. */
  void noteSent(String key) throws IOException {
    try {
      Files.createDirectories(shard(key));
      new FileOutputStream(sent(key).toFile()).close();
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  /** Whether a request was sent, and neither answered nor refused as far as anybody knows. */
  boolean isInDoubt(String key) {
    return Files.exists(sent(key));
  }

  /** Notes that a request that was sent is certain not to be answered. */
  void forgetSent(String key) throws IOException {
    Files.deleteIfExists(sent(key));
  }

  private IOException cannotWrite(IOException cause) {
    return new IOException("cannot keep answers in " + folder + ": " + cause.getMessage(), cause);
  }

  private Path sent(String key) {
    return shard(key).resolve(key + ".sent");
  }

  private Path file(String key) {
    return shard(key).resolve(key + ".json");
  }

  private Path shard(String key) {
    return folder.resolve(key.substring(0, 2));
  }
}
