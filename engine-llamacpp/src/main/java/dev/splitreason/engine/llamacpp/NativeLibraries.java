package dev.splitreason.engine.llamacpp;

import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of llama.cpp libraries for this platform.
 *
 * @param folder holds {@code ggml-base}, {@code ggml}, {@code llama} and ggml's backends
 */
record NativeLibraries(Path folder) {

  /** The llama.cpp that the bindings were written for. */
  static final String EXPECTED_VERSION = "v0.5.0";

  /** Names a folder of llama.cpp libraries to use instead of those on the class path. */
  static final String HOME_VARIABLE = "SPLITREASON_LLAMA_HOME";

  /** Each needs the ones before it. */
  private static final List<String> LOAD_ORDER = List.of("ggml-base", "ggml", "llama");

  /**
   * Finds the libraries.
   *
   * @throws ModelException if there are none for this platform
   */
  static NativeLibraries locate() {
    String home = System.getenv(HOME_VARIABLE);
    if (home != null && !home.isBlank()) {
      return new NativeLibraries(Path.of(home).toAbsolutePath());
    }
    for (String platform : platforms(osName(), System.getProperty("os.arch"))) {
      URL index =
          NativeLibraries.class.getResource(
              "/dev/splitreason/natives/" + platform + "/index.properties");
      if (index != null) {
        return new NativeLibraries(unpacked(platform, index, cache()));
      }
    }
    throw new ModelException(
        Kind.NOT_LOADABLE,
        "there are no llama.cpp libraries for "
            + osName()
            + " on "
            + System.getProperty("os.arch")
            + " on the class path: set "
            + HOME_VARIABLE
            + " to a folder that has them");
  }

  /** The three libraries to load, each needing the ones before it. */
  List<Path> inLoadOrder() {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.sorted().toList();
      return LOAD_ORDER.stream().map(name -> named(name, all)).toList();
    } catch (IOException e) {
      throw new IllegalStateException("the folder cannot be read", e);
    }
  }

  private static Path named(String name, List<Path> files) {
    // Such as libggml.so, libggml.v0.5.0.so, libggml.cuda.v0.5.0.so.
    Pattern spelling =
        Pattern.compile("(lib)?" + name + "(\\.[a-z]+)?(\\.v[0-9.]+)?\\.(so|dylib|dll)");
    return files.stream()
        .filter(file -> spelling.matcher(file.getFileName().toString()).matches())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("there is no library " + name + " in it"));
  }

  /** The artifacts that run on a platform, best first. */
  static List<String> platforms(String os, String architecture) {
    String cpu =
        switch (architecture) {
          case "amd64", "x86_64" -> "x64";
          case "aarch64" -> "arm64";
          default -> architecture;
        };
    String name = os + "-" + cpu;
    return List.of(name + "-cuda", name + "-vulkan", name + "-metal", name);
  }

  private static String osName() {
    String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    if (name.startsWith("mac")) {
      return "mac";
    }
    return name.startsWith("windows") ? "win" : name;
  }

  /**
   * The folder itself if the class path has it as one, else a copy in the user's cache, made once
   * for each build.
   *
   * @throws ModelException if it cannot be copied, or is not what the index says
   */
  static Path unpacked(String platform, URL index, Path cache) {
    try {
      if (index.getProtocol().equals("file")) {
        return Path.of(index.toURI()).resolveSibling("").normalize();
      }
      byte[] listing = read(index);
      Properties properties = new Properties();
      properties.load(new ByteArrayInputStream(listing));
      Path target = cache.resolve(platform + "-" + sha256(listing).substring(0, 16));
      if (!Files.isDirectory(target)) {
        unpack(index, properties, target);
      }
      return target;
    } catch (IOException | URISyntaxException e) {
      throw new ModelException(
          Kind.NOT_LOADABLE, "the llama.cpp libraries cannot be unpacked: " + e.getMessage(), e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  private static Path cache() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path base =
        xdg == null || xdg.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(xdg);
    return base.resolve("splitreason").resolve("natives");
  }

  /**
   * Unpacks beside the target and moves in one step, so that another process never sees half of it.
   */
  private static void unpack(URL listing, Properties index, Path target) throws IOException {
    Files.createDirectories(target.getParent());
    Path scratch = Files.createTempDirectory(target.getParent(), "unpacking-");
    try {
      for (String library : index.getProperty("libraries").split(" ", -1)) {
        byte[] content = read(beside(listing, library));
        if (!sha256(content).equals(index.getProperty(library + ".sha-256"))) {
          throw new IOException(library + " is not the one the natives artifact was made with");
        }
        Files.write(scratch.resolve(library), content);
      }
      Files.move(scratch, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileAlreadyExistsException
        | DirectoryNotEmptyException
        | AtomicMoveNotSupportedException e) {
      if (!Files.isDirectory(target)) {
        throw e;
      }
    } finally {
      delete(scratch);
    }
  }

  private static URL beside(URL index, String file) throws IOException {
    String address = index.toString();
    return URI.create(address.substring(0, address.lastIndexOf('/') + 1) + file).toURL();
  }

  private static byte[] read(URL file) throws IOException {
    try (InputStream in = file.openStream()) {
      return in.readAllBytes();
    }
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
