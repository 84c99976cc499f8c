package dev.splitreason.engine.llamacpp;

import java.nio.file.Path;
import java.util.List;

/**
 * Which llama.cpp was loaded.
 *
 * @param version llama.cpp's own version
 * @param folder where its libraries are
 * @param cpuVariant the variant of ggml's CPU code that was picked for this machine, such as {@code
 *     zen4}
 * @param devices the devices it found, each as name and description
 */
public record RuntimeInfo(String version, Path folder, String cpuVariant, List<String> devices) {

  public RuntimeInfo {
    devices = List.copyOf(devices);
  }
}
