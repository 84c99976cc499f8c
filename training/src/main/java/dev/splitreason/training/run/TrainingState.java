package dev.splitreason.training.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.splitreason.files.jsonl.Json;
import dev.splitreason.training.checkpoint.SafetensorsFile;
import dev.splitreason.training.checkpoint.SafetensorsType;
import dev.splitreason.training.checkpoint.SafetensorsWriter;
import dev.splitreason.training.optimize.AdamW;
import dev.splitreason.training.tensor.TensorMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A run's state in a checkpoint's folder: the model as a Hugging Face folder or its adapter as PEFT
 * has it, the optimizer's means beside it, and how many steps were done. Data and random numbers
 * are functions of the step, so they have no state.
 */
final class TrainingState {

  private static final String OPTIMIZER = "optimizer.safetensors";
  private static final String STATE = "state.json";

  private TrainingState() {}

  /**
   * How far a run is.
   *
   * @param step of the run
   * @param updates of the optimizer; null in old files of runs where a step has one
   */
  private record State(@JsonProperty(required = true) long step, @Nullable Long updates) {
    long optimizerSteps() {
      return updates == null ? step : updates;
    }
  }

  /** Writes the state of a run after a step of any number of updates. */
  static void write(Path folder, Trainee trainee, AdamW optimizer, long step) throws IOException {
    trainee.write(folder);
    SafetensorsWriter.write(
        folder.resolve(OPTIMIZER), optimizer.state(), SafetensorsType.F32, Map.of());
    Files.writeString(
        folder.resolve(STATE),
        JsonMapper.shared().writeValueAsString(new State(step, optimizer.steps())));
  }

  /**
   * Looks whether a run can go on from here.
   *
   * @throws NoSuchFileException if something of the state is missing
   * @throws JacksonException if it is damaged
   */
  static void requireReadable(Path folder) throws IOException {
    state(folder);
    if (!Files.exists(folder.resolve(OPTIMIZER))) {
      throw new NoSuchFileException(folder.resolve(OPTIMIZER).toString());
    }
  }

  private static State state(Path folder) throws IOException {
    return Json.MAPPER.readValue(Files.readAllBytes(folder.resolve(STATE)), State.class);
  }

  /**
   * Puts the optimizer where it was.
   *
   * @return the step of the run
   */
  static long restore(Path folder, AdamW optimizer) throws IOException {
    try (PointerScope _ = new PointerScope();
        SafetensorsFile file = SafetensorsFile.open(folder.resolve(OPTIMIZER))) {
      Map<String, Tensor> saved = new LinkedHashMap<>();
      file.tensors()
          .forEach(
              (name, entry) -> {
                Tensor tensor = torch.empty(entry.shape());
                TensorMemory.of(tensor).copyFrom(file.bytes(entry));
                saved.put(name, tensor);
              });
      State state = state(folder);
      optimizer.restore(saved, state.optimizerSteps());
      return state.step();
    }
  }
}
