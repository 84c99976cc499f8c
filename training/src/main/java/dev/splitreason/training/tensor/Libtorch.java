package dev.splitreason.training.tensor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * The native library, loaded by one process of a machine at a time. Whatever may be the first to
 * touch libtorch calls {@link #load} before.
 *
 * <p>JavaCPP unpacks each library into its cache under a lock, but loads it outside of that lock,
 * and the system's loader then opens the libraries it depends on by itself: in another process's
 * half-unpacked state, which crashes this one.
 */
public final class Libtorch {

  private static final String LOCK = ".libtorch.lock";

  static {
    configure();
    loadAlone();
  }

  private Libtorch() {}

  /** Loads it, if it is not. */
  public static void load() {
    // The class's initialisation has done it.
  }

  /**
   * Settings of JavaCPP, for whatever nobody else has set.
   *
   * <ul>
   *   <li>It takes a process larger than a multiple of Java's heap for one that leaks: it collects
   *       garbage and sleeps for 100 ms at allocation after allocation, and in the end refuses.
   *       Weights and gradients are native, scoped, and rightly larger than the heap.
   *   <li>What it has to say goes to the program's log, not straight to standard error.
   * </ul>
   */
  private static void configure() {
    System.getProperties().putIfAbsent("org.bytedeco.javacpp.maxPhysicalBytes", "0");
    System.getProperties().putIfAbsent("org.bytedeco.javacpp.logger", "slf4j");
  }

  private static void loadAlone() {
    try (FileChannel channel =
            FileChannel.open(
                cache().resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = lock(channel)) {
      Loader.load(openblas.class);
      Loader.load(torch.class);
    } catch (IOException e) {
      throw new UncheckedIOException("libtorch cannot be unpacked: " + e.getMessage(), e);
    }
  }

  private static Path cache() throws IOException {
    return Loader.getCacheDir().toPath();
  }

  /** Null where the file system has no locks: there, processes that start together may crash. */
  private static @Nullable FileLock lock(FileChannel channel) {
    try {
      return channel.lock();
    } catch (IOException e) {
      return null;
    }
  }
}
