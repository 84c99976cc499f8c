package dev.splitreason.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ConfiguratorRank;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;
import org.slf4j.LoggerFactory;

/**
 * Logs warnings to stderr, one plain line each, and everything on request. In code, since reading
 * an XML file would be a good part of every command's start.
 */
@ConfiguratorRank(ConfiguratorRank.CUSTOM_HIGH_PRIORITY)
public final class StderrLogging extends ContextAwareBase implements Configurator {

  private static final String QUIET = "splitreason: %level: %msg%n%nopex";

  /** Warns where there is no GPU, which it does not use. */
  private static final String TOKENIZERS = "ai.djl";

  /** Warns of a library of another release, the newest there is. */
  private static final String LIBTORCH = "org.bytedeco";

  private static final String VERBOSE = "%relative ms %level %logger{0}: %msg%n";

  @Override
  public ExecutionStatus configure(LoggerContext context) {
    log(context, Level.WARN, QUIET);
    context.getLogger(TOKENIZERS).setLevel(Level.ERROR);
    context.getLogger(LIBTORCH).setLevel(Level.ERROR);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** Whether to log everything that happens, with times and sources. */
  static void setVerbose(boolean verbose) {
    if (verbose && LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.getLogger(Logger.ROOT_LOGGER_NAME).detachAndStopAllAppenders();
      log(context, Level.DEBUG, VERBOSE);
      context.getLogger(TOKENIZERS).setLevel(null);
      context.getLogger(LIBTORCH).setLevel(null);
    }
  }

  private static void log(LoggerContext context, Level level, String pattern) {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.setPattern(pattern);
    encoder.start();
    var stderr = new ConsoleAppender<ILoggingEvent>();
    stderr.setContext(context);
    stderr.setTarget("System.err");
    stderr.setEncoder(encoder);
    stderr.start();
    Logger root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(level);
    root.addAppender(stderr);
  }
}
