package dev.splitreason.engine.llamacpp;

import dev.splitreason.core.file.FileTree;
import dev.splitreason.core.file.HomeFolder;
import dev.splitreason.core.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The user's cache folder, where what the class path holds in jars lies as files: llama.cpp reads
 * libraries and weights from nothing else.
 *
 * @param root need not exist yet
 */
public record UserCache(Path root) {

  /** Fills a new folder with files. */
  @FunctionalInterface
  interface Filling {
    void fill(Path folder) throws IOException;
  }

  /** The cache of whoever runs this process (XDG Base Directory Specification). */
  public static UserCache ofUser() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path base =
        xdg == null || xdg.isBlank()
            ? HomeFolder.of(System.getenv()).resolve(".cache")
            : Path.of(xdg);
    return new UserCache(base.resolve("splitreason"));
  }

  /**
   * A file of the class path as a file: itself if it is one, else a copy, made once for each
   * content.
   *
   * @param kind names the folder in the cache that holds files of its kind
   * @throws IOException if it cannot be read, or not be copied
   */
  public Path file(URL resource, String kind) throws IOException {
    if (resource.getProtocol().equals("file")) {
      return onDisk(resource);
    }
    String path = resource.getPath();
    String name = path.substring(path.lastIndexOf('/') + 1);
    byte[] content = read(resource);
    return folder(
            kind,
            Sha256.hex(content).substring(0, 16),
            scratch -> Files.write(scratch.resolve(name), content))
        .resolve(name);
  }

  /**
   * A folder of the cache, filled if it is not there yet: beside its place and moved in one step,
   * so that another process never sees half of it.
   */
  Path folder(String kind, String name, Filling filling) throws IOException {
    Path target = root.resolve(kind).resolve(name);
    if (!Files.isDirectory(target)) {
      make(target, filling);
    }
    return target;
  }

  private static void make(Path target, Filling filling) throws IOException {
    Files.createDirectories(target.getParent());
    Path scratch = Files.createTempDirectory(target.getParent(), "unpacking-");
    try {
      filling.fill(scratch);
      Files.move(scratch, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      // Another process was quicker: its folder is as good, and is not replaced.
      if (!Files.isDirectory(target)) {
        throw e;
      }
    } finally {
      FileTree.delete(scratch);
    }
  }

  /** Where a resource lies that is a file already. */
  static Path onDisk(URL resource) throws IOException {
    try {
      return Path.of(resource.toURI());
    } catch (URISyntaxException e) {
      throw new IOException(resource + " is no place of a file", e);
    }
  }

  static byte[] read(URL resource) throws IOException {
    try (InputStream in = resource.openStream()) {
      return in.readAllBytes();
    }
  }
}
