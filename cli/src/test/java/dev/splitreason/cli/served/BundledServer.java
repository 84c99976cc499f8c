package dev.splitreason.cli.served;

import dev.splitreason.cli.CommandProcess;
import dev.splitreason.engine.contract.server.ModelServer;
import dev.splitreason.engine.contract.server.ServerSpelling;
import dev.splitreason.engine.llamacpp.LlamaCppModel;
import dev.splitreason.engine.llamacpp.LlamaCppOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The models that lie in this repository, on a server. */
public final class BundledServer {

  private BundledServer() {}

  /**
   * Starts a server.
   *
   * @param files names of files by the names under which they are served
   */
  public static ModelServer start(ServerSpelling spelling, Map<String, String> files)
      throws IOException {
    Path folder = CommandProcess.project().resolve("models");
    Map<String, LlamaCppModel> models = new HashMap<>();
    files.forEach(
        (name, file) ->
            models.put(
                name,
                LlamaCppModel.load(
                    folder.resolve(file),
                    LlamaCppOptions.DEFAULTS.withThreads(1).withMaxSessions(32))));
    return new ModelServer(spelling, models);
  }
}
