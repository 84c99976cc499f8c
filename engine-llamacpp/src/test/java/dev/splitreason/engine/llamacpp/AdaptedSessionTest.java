package dev.splitreason.engine.llamacpp;

import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.engine.contract.SessionContract;
import dev.splitreason.engine.contract.random.RandomAdapter;
import dev.splitreason.engine.contract.random.RandomQwen2;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** What every session promises holds with an adapter, too. */
class AdaptedSessionTest implements SessionContract {

  @SuppressWarnings("NullAway.Init")
  private static LlamaCppOptions options;

  @SuppressWarnings("NullAway.Init")
  private static LlamaCppModel model;

  @BeforeAll
  static void load(@TempDir Path folder) throws IOException {
    Path adapter = folder.resolve("adapter.gguf");
    new RandomAdapter(RandomQwen2.TINY, 4, 8, 3).write(adapter);
    options = TinyModel.OPTIONS.withAdapter(adapter);
    model = TinyModel.load(options);
  }

  @AfterAll
  static void close() {
    model.close();
  }

  @Override
  public LanguageModel model() {
    return model;
  }

  @Override
  public LanguageModel anotherModel() throws IOException {
    return TinyModel.load(options);
  }

  @Override
  public Sampling steady() {
    return Sampling.at(0.8, 42);
  }
}
