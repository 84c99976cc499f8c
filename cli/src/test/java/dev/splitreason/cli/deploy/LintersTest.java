package dev.splitreason.cli.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the usual linters say; each is skipped where it is not installed. */
class LintersTest {

  private static final double MOST_EXPOSURE = 2;

  @TempDir private Path folder;

  @Test
  void the_container_file_has_nothing_that_hadolint_warns_of() throws Exception {
    assertThat(output(Deployment.program("hadolint"), "Containerfile")).isEmpty();
  }

  @Test
  void systemd_takes_the_unit_and_finds_it_confined() throws Exception {
    String analyze = Deployment.program("systemd-analyze");
    Path unit = folder.resolve("splitreason.service");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Files.writeString(
        unit, Deployment.text("systemd/splitreason.service").replace("/usr/bin/java", java));

    assertThat(output(analyze, "verify", unit.toString())).isEmpty();
    String exposure =
        output(analyze, "security", "--offline=yes", unit.toString())
            .lines()
            .filter(line -> line.contains("Overall exposure level"))
            .findFirst()
            .orElseThrow();
    assertThat(Double.parseDouble(exposure.replaceAll(".*: ([0-9.]+) .*", "$1")))
        .isLessThan(MOST_EXPOSURE);
  }

  private static String output(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of(command))
            .directory(Deployment.FOLDER.toFile())
            .redirectErrorStream(true)
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
