package dev.splitreason.training.model;

import dev.splitreason.training.checkpoint.Checkpoint;
import dev.splitreason.training.checkpoint.HuggingFaceFolder;
import dev.splitreason.training.checkpoint.SafetensorsFile;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A tiny checkpoint and what transformers computed with it. */
record Golden(Path folder, JsonNode json) {

  static Golden named(String name) {
    try {
      Path folder =
          Path.of(Objects.requireNonNull(Golden.class.getResource("/golden/" + name)).toURI());
      return new Golden(
          folder, new JsonMapper().readTree(Files.readString(folder.resolve("golden.json"))));
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  Checkpoint checkpoint() {
    return HuggingFaceFolder.read(folder);
  }

  int[][] tokens() {
    return new JsonMapper().treeToValue(json.path("tokens"), int[][].class);
  }

  Tensor tokenTensor() {
    return tensor(tokens());
  }

  static Tensor tensor(int[][] tokens) {
    long[] flat = new long[tokens.length * tokens[0].length];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = tokens[i / tokens[0].length][i % tokens[0].length];
    }
    return torch.tensor(flat).view(tokens.length, tokens[0].length);
  }

  float[] expected(String tensor) {
    try (SafetensorsFile file = SafetensorsFile.open(folder.resolve("golden.safetensors"))) {
      return file.bytes(Objects.requireNonNull(file.tensors().get(tensor), tensor))
          .toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
    }
  }

  static float[] floats(Tensor tensor) {
    Tensor contiguous = tensor.detach().contiguous();
    float[] elements = new float[(int) contiguous.numel()];
    contiguous.data_ptr_float().get(elements);
    return elements;
  }

  /** The mean cross-entropy of every token but the first, given those before it. */
  static Tensor loss(Transformer model, Tensor tokens) {
    Tensor hidden = model.forward(tokens, Positions.causal());
    long length = tokens.size(1);
    Tensor logits = model.logits(hidden.narrow(1, 0, length - 1));
    return torch.cross_entropy_loss(
        logits.flatten(0, 1), tokens.narrow(1, 1, length - 1).flatten());
  }
}
