package dev.splitreason.pairs.hub;

import dev.splitreason.core.file.FileProblem;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Brings one file of a commit into the cache. It goes on where an earlier download ended, in this
 * process or another, and puts in place only what has the right sum.
 */
final class HubDownload {

  /** How often it goes on without a single byte more. */
  private static final int MOST_FRUITLESS = 5;

  private static final int BUFFER = 1 << 20;

  private final HubClient client;
  private final HubCache cache;
  private final HubClient.Pause pause;
  private final HubName name;

  HubDownload(HubClient client, HubCache cache, HubClient.Pause pause, HubName name) {
    this.client = client;
    this.cache = cache;
    this.pause = pause;
    this.name = name;
  }

  /**
   * Brings a file, unless its content is there.
   *
   * <p>Of a process, only one thread at a time: locks on files hold for all of it.
   *
   * @param growth is told bytes as they come, those of a download that was cut first
   */
  void bring(String commit, HubFile listed, LongConsumer growth) throws InterruptedException {
    HubFile file = client.head(commit, listed);
    Path lock = cache.lock(file.sum());
    try {
      Files.createDirectories(lock.getParent());
      Files.createDirectories(cache.blob(file.sum()).getParent());
      try (FileChannel channel =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock _ = channel.lock()) {
        if (Files.exists(cache.blob(file.sum()))) {
          growth.accept(file.size());
        } else {
          fetch(commit, file, growth);
        }
        cache.place(commit, file);
      }
    } catch (IOException e) {
      throw new HubException(
          "%s cannot be kept in %s: %s; what has come is kept, and the next time goes on there"
              .formatted(name, cache.folder(), FileProblem.of(e)),
          e);
    }
  }

  private void fetch(String commit, HubFile file, LongConsumer growth)
      throws IOException, InterruptedException {
    Path growing = cache.incomplete(file.sum());
    ContentSum sum = ContentSum.of(file);
    long there = 0;
    if (Files.exists(growing)) {
      if (Files.size(growing) > file.size()) {
        Files.delete(growing);
      } else {
        there = Files.size(growing);
        sum.addAll(growing, there);
        growth.accept(there);
      }
    }
    for (int fruitless = 0; there < file.size(); ) {
      long before = there;
      try (Body body = Body.of(client.open(commit, file, there))) {
        if (there > 0 && !body.isPart()) {
          growth.accept(-there);
          sum.restart();
          there = 0;
        }
        there = append(body, growing, there, file.size(), sum, growth);
      }
      fruitless = there > before ? 0 : fruitless + 1;
      if (there < file.size()) {
        if (fruitless == MOST_FRUITLESS) {
          throw new HubException(
              "%s: %s ended early again and again, at %,d of %,d bytes; the next time goes on there"
                  .formatted(name, file.path(), there, file.size()));
        }
        pause.take(Duration.ofSeconds(1L << fruitless));
      }
    }
    if (file.size() == 0) {
      Files.write(growing, new byte[0]);
    }
    if (!sum.isRight()) {
      Files.delete(growing);
      throw new HubException(
          "%s: what came as %s has another sum than the hub tells (%s), and was thrown away; try again"
              .formatted(name, file.path(), file.sum()));
    }
    Files.move(growing, cache.blob(file.sum()), StandardCopyOption.ATOMIC_MOVE);
  }

  /**
   * Appends what comes, to its end or to where it is cut.
   *
   * @return how much is there then
   * @throws IOException if it cannot be written
   */
  private static long append(
      Body body, Path growing, long there, long size, ContentSum sum, LongConsumer growth)
      throws IOException {
    long now = there;
    byte[] buffer = new byte[BUFFER];
    try (FileChannel file =
        FileChannel.open(growing, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (file.size() > there) {
        file.truncate(there);
      }
      file.position(there);
      for (int count = body.read(buffer); count > 0; count = body.read(buffer)) {
        int used = (int) Math.min(count, size - now);
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, used);
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
        sum.add(buffer, used);
        now += used;
        growth.accept(used);
        if (used < count) {
          break; // More than there should be: the sum will tell.
        }
      }
    }
    return now;
  }

  /** An answer's bytes, whose connection may break, or fall silent. */
  private record Body(HttpResponse<InputStream> response, Silence silence)
      implements AutoCloseable {

    static Body of(HttpResponse<InputStream> response) {
      return new Body(response, Silence.endedBy(response.body()));
    }

    boolean isPart() {
      return response.statusCode() == 206;
    }

    /** How many bytes came; 0 at the end, or where the connection broke. */
    int read(byte[] buffer) {
      try {
        int count = response.body().read(buffer);
        silence.broken();
        return Math.max(0, count);
      } catch (IOException e) {
        return 0;
      }
    }

    @Override
    public void close() throws IOException {
      silence.close();
      // Reading the rest of what nobody wants could take for ever.
      response.body().close();
    }
  }
}
