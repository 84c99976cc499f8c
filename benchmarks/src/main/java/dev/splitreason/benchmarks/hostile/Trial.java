package dev.splitreason.benchmarks.hostile;

import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelFileException;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.engine.llamacpp.LlamaCppModel;
import dev.splitreason.engine.llamacpp.LlamaCppOptions;
import dev.splitreason.training.checkpoint.Checkpoint;
import dev.splitreason.training.checkpoint.GgufImport;
import dev.splitreason.training.checkpoint.JsonTokenizer;
import java.nio.file.Path;
import java.util.Objects;

/** What is done with a file. */
enum Trial {
  /** It is opened as {@code ask} does, and decodes. */
  ANSWERING {
    @Override
    String open(Path file) throws InterruptedException {
      try (LanguageModel model = LlamaCppModel.load(file, OPTIONS)) {
        int[] ids = Objects.requireNonNull(model.tokenizer()).tokenize("12*34=");
        if (ids.length > 0) {
          try (Session session = model.open()) {
            session.append(ids);
            session.decode(DecodeRequest.upTo(3, Sampling.GREEDY), token -> {});
          }
        }
        return ANSWERED;
      } catch (ModelException e) {
        return String.valueOf(e.getMessage());
      }
    }
  },

  /** It is read as {@code train} does. */
  IMPORTING {
    @Override
    String open(Path file) {
      try (Checkpoint checkpoint = GgufImport.read(file);
          JsonTokenizer tokenizer = checkpoint.tokenizer()) {
        tokenizer.tokenize("12*34=");
        return ANSWERED;
      } catch (ModelFileException e) {
        return String.valueOf(e.getMessage());
      }
    }
  };

  /** The outcome of a file with which all is well. */
  static final String ANSWERED = "answered";

  private static final LlamaCppOptions OPTIONS =
      LlamaCppOptions.DEFAULTS.withThreads(1).withContextLength(128).withMaxSessions(2);

  /** Opens a file; gives how that ended, in a line. */
  abstract String open(Path file) throws InterruptedException;
}
