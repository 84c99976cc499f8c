package dev.splitreason.cli.options;

import dev.splitreason.pairs.config.Config;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a subcommand knows of the whole command that it was started with. */
public interface Invocation {

  /** The configuration in use. */
  Config config() throws IOException;

  /** Where everything goes that is not the result. */
  PrintWriter stderr();

  /** The configuration file that was given, or null. */
  @Nullable Path configFile();
}
