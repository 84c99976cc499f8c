package dev.splitreason.pairs.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.engine.contract.hub.HubServer;
import dev.splitreason.engine.contract.hub.HubServer.Asked;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubTest {

  private static final String REPOSITORY = "ann/tiny-GGUF";
  private static final HubName TINY = HubName.parse("hf:ann/tiny-GGUF:Q8_0");
  private static final byte[] WEIGHTS = bytes(300_000);
  private static final String TOKEN = "hf_secret";

  @TempDir private Path folder;

  private final HubServer server = HubServer.start();
  private final List<Duration> pauses = new ArrayList<>();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aFileIsFetchedIntoTheHubsOwnLayout() throws IOException {
    server.put(REPOSITORY, "tiny-Q8_0.gguf", WEIGHTS).put(REPOSITORY, "tiny-Q4_K_M.gguf", "other");

    Path file = hub(null).gguf(TINY);

    Path repository = folder.resolve("models--ann--tiny-GGUF");
    String commit = server.commit(REPOSITORY);
    assertThat(file).isEqualTo(repository.resolve("snapshots/" + commit + "/tiny-Q8_0.gguf"));
    assertThat(file).hasBinaryContent(WEIGHTS);
    assertThat(Files.readSymbolicLink(file))
        .isEqualTo(Path.of("../../blobs/" + HubServer.sum(WEIGHTS)));
    assertThat(repository.resolve("refs/main")).hasContent(commit);
  }

  @Test
  void whatIsOnDiskIsUsedWithoutAskingTheHub() {
    server.put(REPOSITORY, "tiny-Q8_0.gguf", WEIGHTS);
    Path fetched = hub(null).gguf(TINY);
    int asked = server.asked().size();

    assertThat(hub(null).gguf(TINY)).isEqualTo(fetched);
    assertThat(server.asked()).hasSize(asked);
  }

  @Test
  void whatPythonDownloadedIsFound() throws IOException {
    String commit = "0123456789012345678901234567890123456789";
    Path repository = folder.resolve("models--ann--tiny-GGUF");
    Path snapshot = Files.createDirectories(repository.resolve("snapshots").resolve(commit));
    Files.createDirectories(repository.resolve("blobs"));
    Files.createDirectories(repository.resolve("refs"));
    Files.write(repository.resolve("blobs/abc"), WEIGHTS);
    Files.createSymbolicLink(snapshot.resolve("tiny-Q8_0.gguf"), Path.of("../../blobs/abc"));
    Files.writeString(repository.resolve("refs/main"), commit);

    assertThat(offline().gguf(TINY)).hasBinaryContent(WEIGHTS);
  }

  @Test
  void pullingFetchesTheNewestCommit() {
    server.put(REPOSITORY, "tiny-Q8_0.gguf", WEIGHTS);
    hub(null).gguf(TINY);
    byte[] newer = bytes(1000);
    server.put(REPOSITORY, "tiny-Q8_0.gguf", newer);

    Hub.Pulled pulled = hub(null).pull(TINY);

    assertThat(pulled.path()).hasBinaryContent(newer);
    assertThat(pulled.commit()).isEqualTo(server.commit(REPOSITORY));
    assertThat(pulled.bytes()).isEqualTo(1000);
    assertThat(hub(null).gguf(TINY)).isEqualTo(pulled.path());
  }

  @Test
  void theTokenIsSentToTheHubAndToNoOtherHost() {
    server.put(REPOSITORY, "tiny-Q8_0.gguf", WEIGHTS);

    hub(TOKEN).gguf(TINY);

    assertThat(server.asked()).filteredOn(Asked::delivered).isNotEmpty();
    assertThat(server.asked())
        .filteredOn(Asked::delivered)
        .allMatch(asked -> asked.authorization() == null);
    assertThat(server.asked())
        .filteredOn(asked -> !asked.delivered())
        .allMatch(asked -> ("Bearer " + TOKEN).equals(asked.authorization()));
  }

  @Test
  void aDownloadThatIsCutGoesOnWhereItEnded() {
    server.put(REPOSITORY, "tiny-Q8_0.gguf", WEIGHTS);
    server.cut(1, 0.6);

    assertThat(hub(null).gguf(TINY)).hasBinaryContent(WEIGHTS);

    List<String> ranges =
        server.asked().stream()
            .filter(Asked::delivered)
            .map(asked -> String.valueOf(asked.range()))
            .toList();
    assertThat(ranges).hasSize(2).startsWith("null");
    // What was on its way when the connection broke may be lost.
    assertThat(ranges.getLast()).matches("bytes=1[0-8]\\d{4}-");
  }

  @Test
  void aLaterRunGoesOnWhereAnEarlierOneEnded() throws IOException {
    server.put(REPOSITORY, "tiny-Q8_0.gguf", WEIGHTS);
    server.cut(1000, 0);
    Path growing =
        folder.resolve("models--ann--tiny-GGUF/blobs/" + HubServer.sum(WEIGHTS) + ".incomplete");
    Files.createDirectories(growing.getParent());
    Files.write(growing, Arrays.copyOf(WEIGHTS, 180_000));

    assertThatThrownBy(() -> hub(null).gguf(TINY))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("at 180,000 of 300,000 bytes");
    server.cut(0, 1);

    assertThat(hub(null).gguf(TINY)).hasBinaryContent(WEIGHTS);
    assertThat(server.asked().getLast().range()).isEqualTo("bytes=180000-");
    assertThat(growing).doesNotExist();
  }

  @Test
  void aServerThatSendsNoPartsIsReadFromTheBeginning() {
    server.put(REPOSITORY, "tiny-Q8_0.gguf", WEIGHTS);
    server.sendWhole();
    server.cut(1, 0.6);

    assertThat(hub(null).gguf(TINY)).hasBinaryContent(WEIGHTS);
  }

  @Test
  void whatHasAnotherSumIsThrownAway() {
    server.put(REPOSITORY, "tiny-Q8_0.gguf", WEIGHTS);
    server.spoil(1);

    assertThatThrownBy(() -> hub(null).gguf(TINY))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("has another sum");
    assertThat(folder.resolve("models--ann--tiny-GGUF/blobs")).isEmptyDirectory();
    assertThat(hub(null).gguf(TINY)).hasBinaryContent(WEIGHTS);
  }

  @Test
  void aBusyHubIsAskedAgainAfterThePauseItAsksFor() {
    server.put(REPOSITORY, "tiny-Q8_0.gguf", WEIGHTS);
    server.beBusy(2);

    assertThat(hub(null).gguf(TINY)).hasBinaryContent(WEIGHTS);
    assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(7));
  }

  @Test
  void aHubThatStaysBusyIsTold() {
    server.put(REPOSITORY, "tiny-Q8_0.gguf", WEIGHTS);
    server.beBusy(1000);

    assertThatThrownBy(() -> hub(null).gguf(TINY))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("asks to wait 7 s");
  }

  @Test
  void aRepositoryThatIsNotThereOrPrivateSaysSo() {
    assertThatThrownBy(() -> hub(null).gguf(TINY))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("set HF_TOKEN to a token that may read it");
    assertThatThrownBy(() -> hub(TOKEN).gguf(TINY))
        .hasMessageContaining("the token may not read it")
        .hasMessageNotContaining(TOKEN);
  }

  @Test
  void aGatedRepositorySaysWhereItsTermsAre() {
    server.put(REPOSITORY, "tiny-Q8_0.gguf", WEIGHTS);
    server.refuse(REPOSITORY, 403);

    assertThatThrownBy(() -> hub(TOKEN).gguf(TINY))
        .hasMessageContaining("accept its terms at " + server.endpoint() + "/" + REPOSITORY);
  }

  @Test
  void aRevisionThatIsNotThereSaysSo() {
    server.put(REPOSITORY, "tiny-Q8_0.gguf", WEIGHTS);

    assertThatThrownBy(() -> hub(null).gguf(HubName.parse("hf:ann/tiny-GGUF@v9:Q8_0")))
        .hasMessageContaining("there is no revision v9");
  }

  @Test
  void roomIsLookedForBeforeAnythingIsFetched() {
    server.put(REPOSITORY, "tiny-Q8_0.gguf", WEIGHTS);
    server.claim("tiny-Q8_0.gguf", 1L << 60);

    assertThatThrownBy(() -> hub(null).gguf(TINY))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("needs 1152921504.6 GB more in " + folder);
    assertThat(server.asked()).noneMatch(Asked::delivered);
  }

  @Test
  void aDiskThatGetsFullIsTold() throws IOException {
    server.put(REPOSITORY, "tiny-Q8_0.gguf", WEIGHTS);
    Path growing =
        folder.resolve("models--ann--tiny-GGUF/blobs/" + HubServer.sum(WEIGHTS) + ".incomplete");
    Files.createDirectories(growing.getParent());
    Files.createSymbolicLink(growing, Path.of("/dev/full"));

    assertThatThrownBy(() -> hub(null).gguf(TINY))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("cannot be kept in " + folder)
        .hasMessageContaining("No space left on device");
  }

  @Test
  void allPartsOfAModelAreFetchedAndTheFirstIsOpened() {
    for (int part = 1; part <= 3; part++) {
      server.put(REPOSITORY, "Q8_0/tiny-Q8_0-0000%d-of-00003.gguf".formatted(part), "part " + part);
    }
    server.listInPages(2);

    Path first = hub(null).gguf(TINY);

    assertThat(first).hasFileName("tiny-Q8_0-00001-of-00003.gguf");
    assertThat(first.resolveSibling("tiny-Q8_0-00003-of-00003.gguf")).hasContent("part 3");
  }

  @Test
  void aModelOfWhichAPartIsMissingIsNotOnDisk() throws IOException {
    server.put(REPOSITORY, "tiny-Q8_0-00001-of-00002.gguf", "one");
    server.put(REPOSITORY, "tiny-Q8_0-00002-of-00002.gguf", "two");
    Path first = hub(null).gguf(TINY);
    Files.delete(first.resolveSibling("tiny-Q8_0-00002-of-00002.gguf"));

    assertThat(hub(null).onDisk(TINY)).isNull();
    assertThat(hub(null).gguf(TINY).resolveSibling("tiny-Q8_0-00002-of-00002.gguf"))
        .hasContent("two");
  }

  @Test
  void aFolderToTrainFromHasItsTextsAndItsWeightsInParts() throws IOException {
    String repository = "ann/tiny";
    server
        .put(repository, "config.json", "{}")
        .put(repository, "tokenizer.json", "{ }")
        .put(repository, "chat_template.jinja", "{{ messages }}")
        .put(repository, "model.safetensors.index.json", "{}")
        .put(repository, "model-00001-of-00002.safetensors", "one")
        .put(repository, "model-00002-of-00002.safetensors", "two")
        .put(repository, "pytorch_model.bin", "old")
        .put(repository, "onnx/model.json", "{}")
        .put(repository, "README.md", "hello");

    Path checkpoint = hub(null).folder(HubName.parse("hf:ann/tiny"));

    try (var files = Files.list(checkpoint)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "config.json",
              "tokenizer.json",
              "chat_template.jinja",
              "model.safetensors.index.json",
              "model-00001-of-00002.safetensors",
              "model-00002-of-00002.safetensors");
    }
    assertThat(offline().folder(HubName.parse("hf:ann/tiny"))).isEqualTo(checkpoint);
  }

  @Test
  void offlineNothingIsAsked() {
    server.put(REPOSITORY, "tiny-Q8_0.gguf", WEIGHTS);

    assertThatThrownBy(() -> offline().gguf(TINY)).hasMessageContaining("HF_HUB_OFFLINE");
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void aNameThatMeansSeveralFilesSaysWhich() {
    server
        .put(REPOSITORY, "tiny-Q8_0.gguf", "8")
        .put(REPOSITORY, "tiny-F16.gguf", "16")
        .put(REPOSITORY, "mmproj-F16.gguf", "eye");

    assertThatThrownBy(() -> hub(null).gguf(HubName.parse("hf:ann/tiny-GGUF")))
        .isInstanceOf(UserMistake.class)
        .hasMessage(
            "hf:ann/tiny-GGUF has several GGUF files: say hf:ann/tiny-GGUF:FILE, one of"
                + " tiny-F16.gguf, tiny-Q8_0.gguf");
    assertThatThrownBy(() -> hub(null).gguf(HubName.parse("hf:ann/tiny-GGUF:Q3_K")))
        .hasMessageStartingWith("hf:ann/tiny-GGUF:Q3_K has no 'Q3_K': say");
    assertThat(hub(null).gguf(HubName.parse("hf:ann/tiny-GGUF:f16"))).hasContent("16");
    assertThat(hub(null).gguf(HubName.parse("hf:ann/tiny-GGUF:tiny-Q8_0.gguf"))).hasContent("8");
  }

  @Test
  void aRepositoryWithoutGgufSaysWhatToLookFor() {
    server.put("ann/tiny", "model.safetensors", "weights");

    assertThatThrownBy(() -> hub(null).gguf(HubName.parse("hf:ann/tiny")))
        .isInstanceOf(HubException.class)
        .hasMessageContaining("hf:ann/tiny has no GGUF file");
  }

  @Test
  void progressEndsWithAllBytes() {
    server.put(REPOSITORY, "tiny-Q8_0.gguf", WEIGHTS);
    server.cut(1, 0.6);
    List<String> told = new ArrayList<>();
    HubProgress progress =
        new HubProgress() {
          private long has;

          @Override
          public void begins(String what, long bytes, long there) {
            told.add("%s: %d, %d there".formatted(what, bytes, there));
          }

          @Override
          public void has(long bytes) {
            has = bytes;
          }

          @Override
          public void ends() {
            told.add("has " + has);
          }
        };

    new Hub(settings(null, false), progress, pauses::add).gguf(TINY);

    assertThat(told).containsExactly("hf:ann/tiny-GGUF:Q8_0: 300000, 0 there", "has 300000");
  }

  private Hub hub(@Nullable String token) {
    return new Hub(settings(token, false), HubProgress.SILENT, pauses::add);
  }

  private Hub offline() {
    return new Hub(settings(null, true), HubProgress.SILENT, pauses::add);
  }

  private HubSettings settings(@Nullable String token, boolean offline) {
    return new HubSettings(URI.create(server.endpoint()), folder, token, offline);
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
