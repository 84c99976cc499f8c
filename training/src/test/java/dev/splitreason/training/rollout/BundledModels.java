package dev.splitreason.training.rollout;

import dev.splitreason.core.gguf.GgufFile;
import dev.splitreason.core.gguf.GgufTensor;
import dev.splitreason.training.checkpoint.JsonTokenizer;
import dev.splitreason.training.model.Qwen2;
import dev.splitreason.training.model.Qwen2Config;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The bundled pair's weights and vocabulary, to train on from. */
public final class BundledModels {

  private static final Path FOLDER = Path.of("../models");
  private static final int CONTEXT = 512;

  private BundledModels() {}

  /** {@code small}, {@code small-split} or {@code large}. */
  public static Qwen2 weights(String name) {
    GgufFile file = GgufFile.read(FOLDER.resolve(name + ".gguf"));
    int layers = whole(file, "qwen2.block_count");
    int width = whole(file, "qwen2.embedding_length");
    int heads = whole(file, "qwen2.attention.head_count");
    int vocabulary =
        (int) (tensor(file, "token_embd.weight").elements() / width);
    Qwen2Config config =
        new Qwen2Config(
            vocabulary,
            width,
            layers,
            heads,
            heads,
            width / heads,
            whole(file, "qwen2.feed_forward_length"),
            1e-6,
            10_000,
            CONTEXT,
            true);
    return Qwen2.of(config, (parameter, shape) -> read(file, stored(parameter), shape));
  }

  public static JsonTokenizer tokenizer() {
    try {
      return JsonTokenizer.of(
          Map.of(
              "tokenizer.json",
              Files.readString(FOLDER.resolve("tokenizer.json")),
              "generation_config.json",
              "{\"eos_token_id\": [2]}"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static TorchModel model(String name, Qwen2 weights, JsonTokenizer tokenizer, int rows) {
    return new TorchModel(name, weights, tokenizer, CONTEXT, rows);
  }

  private static Tensor read(GgufFile file, String name, List<Long> shape) {
    long[] extents = shape.stream().mapToLong(Long::longValue).toArray();
    return torch.tensor(file.floats(tensor(file, name))).view(extents);
  }

  /** A parameter's name in GGUF. */
  private static String stored(String parameter) {
    return parameter
        .replace("model.layers.", "blk.")
        .replace("model.embed_tokens", "token_embd")
        .replace("model.norm", "output_norm")
        .replaceFirst("self_attn\\.o_proj", "attn_output")
        .replaceFirst("self_attn\\.(\\w)_proj", "attn_$1")
        .replaceFirst("mlp\\.(\\w+)_proj", "ffn_$1")
        .replace("input_layernorm", "attn_norm")
        .replace("post_attention_layernorm", "ffn_norm");
  }

  private static GgufTensor tensor(GgufFile file, String name) {
    return Objects.requireNonNull(file.tensor(name), name);
  }

  private static int whole(GgufFile file, String key) {
    return Objects.requireNonNull(file.whole(key), key).intValue();
  }
}
