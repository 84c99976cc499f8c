package dev.splitreason.core.split;

import dev.splitreason.core.model.Capabilities;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.ModelInfo;
import dev.splitreason.core.model.Tokenizer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A deterministic language model in memory, with everything that an engine's has: logits, sessions,
 * sampling, capabilities, a context that may be full. It can be slow, fail or hang anywhere, and
 * remembers what it was asked.
 */
final class ScriptedModel implements LanguageModel {

  /** What a model does, one token or call at a time. */
  enum Operation {
    OPEN,
    APPEND,
    SCORE,
    FORK,
    TOKEN
  }

  /** Called before each operation: may wait, throw, or never come back. */
  @FunctionalInterface
  interface Trouble {
    Trouble NONE = (operation, count) -> {};

    /**
     * Before an operation.
     *
     * @param count how many of its kind the model has done before
     */
    void before(Operation operation, int count) throws InterruptedException;
  }

  final Vocabulary vocabulary;
  final Language language;
  final AtomicInteger evaluated = new AtomicInteger();
  final Set<ScriptedSession> open = ConcurrentHashMap.newKeySet();

  /** The text of a session each time it was asked to decode; forks are left out. */
  final List<String> decodedFrom = new CopyOnWriteArrayList<>();

  /** Answers in which words stand for a control token of the vocabulary, as they were decoded. */
  final List<String> spelledControl = new CopyOnWriteArrayList<>();

  Capabilities capabilities = Capabilities.ALL;
  Trouble trouble = Trouble.NONE;
  int context = 100_000;
  int lag;
  private int busy;
  private final Map<Operation, Integer> counts = new EnumMap<>(Operation.class);

  ScriptedModel(Vocabulary vocabulary, Language language) {
    this.vocabulary = vocabulary;
    this.language = language;
  }

  ScriptedModel with(Capabilities capabilities) {
    this.capabilities = capabilities;
    return this;
  }

  ScriptedModel with(Trouble trouble) {
    this.trouble = trouble;
    return this;
  }

  ScriptedModel withContext(int tokens) {
    this.context = tokens;
    return this;
  }

  /** Tokens reach the consumer this many tokens after the stop condition, as from a busy engine. */
  ScriptedModel withLag(int tokens) {
    this.lag = tokens;
    return this;
  }

  void about(Operation operation) throws InterruptedException {
    int count;
    synchronized (counts) {
      count = counts.merge(operation, 1, Integer::sum) - 1;
    }
    busy(1);
    try {
      trouble.before(operation, count);
    } finally {
      busy(-1);
    }
  }

  /** Whether every session is closed and no thread in any operation, if need be after a while. */
  synchronized boolean isLeftAlone() throws InterruptedException {
    long patience = System.nanoTime() + 20_000_000_000L;
    // A thread that comes late may still open a session, see it is not wanted, and close it.
    while (busy > 0 || !open.isEmpty()) {
      if (System.nanoTime() > patience) {
        return false;
      }
      wait(1);
    }
    return true;
  }

  private synchronized void busy(int more) {
    busy += more;
    notifyAll();
  }

  @Override
  public ModelInfo info() {
    return new ModelInfo("scripted", "a scripted model", 0, context, null);
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public @Nullable Tokenizer tokenizer() {
    return capabilities.tokenIds() ? vocabulary : null;
  }

  @Override
  public ScriptedSession open() {
    try {
      about(Operation.OPEN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ModelException(ModelException.Kind.UNAVAILABLE, "interrupted", e);
    }
    return new ScriptedSession(this, new int[0], false);
  }

  @Override
  public void close() {
    open.forEach(ScriptedSession::close);
  }
}
