package dev.splitreason.cli.deploy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import dev.splitreason.cli.CommandProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.ObjectReader;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The files of {@code deploy/}, and what Helm makes of the chart. */
final class Deployment {

  static final Path FOLDER = CommandProcess.project().resolve("deploy");
  static final Path CHART = FOLDER.resolve("helm/splitreason");
  static final Path MANIFESTS = FOLDER.resolve("kubernetes/splitreason.yaml");

  private static final ObjectReader YAML = YAMLMapper.shared().readerFor(JsonNode.class);

  private Deployment() {}

  /** Helm's own library; a test is skipped where it is not there for this platform. */
  static Helm helm() {
    try {
      return new Helm(CHART);
    } catch (IllegalStateException | LinkageError e) {
      return Assumptions.abort("Helm has no library for this platform: " + e.getMessage());
    }
  }

  /** What the chart renders with these values, each as {@code key=value}. */
  static String render(String... values) {
    TemplateCommand template = helm().template().withName("splitreason");
    for (String value : values) {
      int equals = value.indexOf('=');
      template.set(value.substring(0, equals), value.substring(equals + 1));
    }
    return template.call();
  }

  /** The documents of a YAML file. */
  static List<JsonNode> documents(String yaml) {
    try (MappingIterator<JsonNode> documents = YAML.readValues(yaml)) {
      return StreamSupport.stream(((Iterable<JsonNode>) () -> documents).spliterator(), false)
          .filter(document -> document != null && document.isObject())
          .toList();
    }
  }

  /** The one document of a kind and a name. */
  static JsonNode find(List<JsonNode> documents, String kind, String name) {
    return documents.stream()
        .filter(document -> document.path("kind").asString("").equals(kind))
        .filter(document -> document.path("metadata").path("name").asString("").equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no " + kind + " " + name));
  }

  /** A file of the folder. */
  static String text(String file) {
    try {
      return Files.readString(FOLDER.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The value of a key of the systemd unit. */
  static String unit(String key) {
    return text("systemd/splitreason.service")
        .lines()
        .filter(line -> line.startsWith(key + "="))
        .findFirst()
        .orElseThrow()
        .substring(key.length() + 1);
  }

  /** What an instruction of the container file says in JSON. */
  static List<String> instruction(String name) {
    String line =
        text("Containerfile")
            .lines()
            .map(String::strip)
            .filter(one -> one.startsWith(name + " ["))
            .findFirst()
            .orElseThrow();
    return strings(YAMLMapper.shared().readTree(line.substring(name.length() + 1)));
  }

  static List<String> strings(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }

  /** The program of that name; a test is skipped where there is none. */
  static String program(String name) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst()
        .orElseGet(() -> Assumptions.abort("there is no " + name + " on PATH"));
  }
}
