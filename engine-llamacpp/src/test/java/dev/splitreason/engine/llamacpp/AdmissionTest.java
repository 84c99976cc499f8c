package dev.splitreason.engine.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.core.gguf.GgufValue;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.shape.ModelFamily;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.shape.Rope;
import dev.splitreason.engine.contract.random.RandomQwen2;
import dev.splitreason.engine.llamacpp.check.ModelHeader;
import dev.splitreason.engine.llamacpp.trial.VerdictStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest {

  @TempDir private Path folder;

  @Test
  void aNewFileIsTriedAndTheVerdictRemembered() throws IOException {
    Path file = Remade.tiny().write(folder.resolve("new.gguf"));
    admission().admit(file, TinyModel.OPTIONS);
    assertThat(verdicts()).hasSize(1);
    List<String> kept = Files.readAllLines(verdicts().getFirst());
    assertThat(kept.getFirst()).isEqualTo("survived");
    assertThat(ModelHeader.parse(kept.getLast())).isEqualTo(ModelHeader.of(GgufFile.read(file)));

    Files.write(verdicts().getFirst(), List.of("ended as it was told", kept.getLast()));
    assertThatThrownBy(() -> admission().admit(file, TinyModel.OPTIONS))
        .hasMessageContaining("as it was told");
  }

  @Test
  void aFileThatWasChangedIsTriedAgain() throws IOException {
    Path file = Remade.tiny().write(folder.resolve("new.gguf"));
    admission().admit(file, TinyModel.OPTIONS);
    Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
    admission().admit(file, TinyModel.OPTIONS);
    assertThat(verdicts()).hasSize(2);
  }

  @Test
  void whatNoRuleForeseesEndsAnotherProcessAndItsReasonIsTold() throws IOException {
    Path file =
        Remade.tiny()
            .ofArchitecture("hrm_text")
            .with("hrm_text.hrm.layers_per_stack", GgufValue.of(0))
            .with("hrm_text.hrm.h_cycles", GgufValue.of(1))
            .with("hrm_text.hrm.l_cycles", GgufValue.of(1))
            .write(folder.resolve("bad.gguf"));
    LlamaCppOptions unsafe = TinyModel.OPTIONS.withAnyArchitecture(true);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> admission().admit(file, unsafe))
          .isInstanceOf(ModelException.class)
          .hasMessageContaining("hrm-text.cpp:")
          .hasMessageContaining("n_hrm_layers_per_stack > 0")
          .message()
          .startsWith(file.toString())
          .doesNotContain("\n");
    }
    assertThat(verdicts()).hasSize(1);
  }

  @Test
  void anArchitectureThatIsNotKnownIsRefusedEvenIfItWasTriedOnce() throws IOException {
    Path file = Remade.tiny().ofArchitecture("dream").write(folder.resolve("dream.gguf"));
    assertThatCode(() -> admission().admit(file, TinyModel.OPTIONS.withAnyArchitecture(true)))
        .satisfiesAnyOf(
            e -> assertThat(e).isNull(), e -> assertThat(e).isInstanceOf(ModelException.class));
    assertThatThrownBy(() -> admission().admit(file, TinyModel.OPTIONS))
        .hasMessageContainingAll("'dream'", "--unsafe-model");
  }

  @ParameterizedTest
  @ValueSource(ints = {512, 150_000})
  void aFileThatIsKnownIsLetInWithinMilliseconds(int tokens) throws IOException {
    ModelShape shape =
        new ModelShape(
            ModelFamily.QWEN2, tokens, 32, 1, 2, 1, 16, 32, 1e-6, Rope.of(10_000), 128, true);
    Path file = folder.resolve("new.gguf");
    RandomQwen2.of(shape, GgufTensorType.F32, 1).write(file);
    Admission admission = admission();
    admission.admit(file, TinyModel.OPTIONS);
    assertThat(verdicts()).hasSize(1);
    long best = Long.MAX_VALUE;
    for (int i = 0; i < 20; i++) {
      long start = System.nanoTime();
      admission.admit(file, TinyModel.OPTIONS);
      best = Math.min(best, System.nanoTime() - start);
    }
    assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofMillis(5));
  }

  @Test
  void aStoreThatCannotBeWrittenOnlyCostsAnotherTrial() throws IOException {
    Path file = Remade.tiny().write(folder.resolve("new.gguf"));
    Path noFolder = Files.writeString(folder.resolve("no-folder"), "");
    Admission admission = new Admission(LlamaRuntime.get(), new VerdictStore(noFolder));
    assertThatCode(() -> admission.admit(file, TinyModel.OPTIONS)).doesNotThrowAnyException();
  }

  private Admission admission() {
    return new Admission(LlamaRuntime.get(), new VerdictStore(folder.resolve("tried")));
  }

  private List<Path> verdicts() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("tried"))) {
      return files.toList();
    }
  }
}
