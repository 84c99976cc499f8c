package dev.splitreason.engine.llamacpp;

import dev.splitreason.core.file.Sha256;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelException.Kind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
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
      // Asked of the class loader: on the module path a class is shown only its own module's files.
      URL index =
          NativeLibraries.class
              .getClassLoader()
              .getResource("dev/splitreason/natives/" + platform + "/index.properties");
      if (index != null) {
        return new NativeLibraries(unpacked(platform, index, UserCache.ofUser()));
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
  static Path unpacked(String platform, URL index, UserCache cache) {
    try {
      if (index.getProtocol().equals("file")) {
        return UserCache.onDisk(index).resolveSibling("").normalize();
      }
      byte[] listing = UserCache.read(index);
      Properties properties = new Properties();
      properties.load(new ByteArrayInputStream(listing));
      String build = platform + "-" + Sha256.hex(listing).substring(0, 16);
      return cache.folder("natives", build, folder -> unpack(index, properties, folder));
    } catch (IOException e) {
      throw new ModelException(
          Kind.NOT_LOADABLE, "the llama.cpp libraries cannot be unpacked: " + e.getMessage(), e);
    }
  }

  private static void unpack(URL listing, Properties index, Path folder) throws IOException {
    for (String library : index.getProperty("libraries").split(" ", -1)) {
      byte[] content = UserCache.read(beside(listing, library));
      if (!Sha256.hex(content).equals(index.getProperty(library + ".sha-256"))) {
        throw new IOException(library + " is not the one the natives artifact was made with");
      }
      Files.write(folder.resolve(library), content);
    }
  }

  private static URL beside(URL index, String file) throws IOException {
    String address = index.toString();
    return URI.create(address.substring(0, address.lastIndexOf('/') + 1) + file).toURL();
  }
}
