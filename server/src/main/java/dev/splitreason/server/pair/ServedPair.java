package dev.splitreason.server.pair;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.prompt.Message;
import dev.splitreason.core.split.Pair;
import dev.splitreason.core.split.SplitOptions;
import dev.splitreason.pairs.config.PairSettings;
import dev.splitreason.pairs.config.RequestSettings;
import dev.splitreason.pairs.open.Advice;
import dev.splitreason.pairs.open.OpenPair;
import dev.splitreason.server.error.Refusal;
import dev.splitreason.server.limit.AnswerQueue;
import dev.splitreason.server.prefix.KeptPrefixes;
import dev.splitreason.server.prefix.ReusingModel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A pair behind the server: first it is being opened, then it answers. Thread-safe. */
public final class ServedPair implements AutoCloseable {

  private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

  private final PairSettings settings;

  /** With what its models advise, once they are there. */
  private volatile RequestSettings usual;

  private final AnswerQueue queue;
  private final int keptPrefixes;
  private final Map<LanguageModel, KeptPrefixes> prefixes = new ConcurrentHashMap<>();
  private final Instant created = Instant.now();
  private volatile @Nullable OpenPair open;
  private volatile boolean closed;

  ServedPair(PairSettings settings, RequestSettings usual, AnswerQueue queue, int keptPrefixes) {
    this.keptPrefixes = keptPrefixes;
    this.settings = settings;
    this.usual = usual;
    this.queue = queue;
  }

  /** The name that clients call it by. */
  public String name() {
    return settings.name();
  }

  /** What it is made of. */
  public PairSettings settings() {
    return settings;
  }

  /** When the server began to open it. */
  public Instant created() {
    return created;
  }

  /** Who is answered when. */
  public AnswerQueue queue() {
    return queue;
  }

  /** Whether its models are there. */
  public boolean isReady() {
    return open != null && !closed;
  }

  /**
   * The pair.
   *
   * @throws Refusal if its models are not there yet
   */
  public OpenPair open() {
    OpenPair pair = open;
    if (pair == null || closed) {
      throw Refusal.until(
          Refusal.Kind.UNAVAILABLE,
          TRY_AGAIN,
          "the models of '" + name() + "' are " + (closed ? "closed" : "being loaded"));
    }
    return pair;
  }

  /**
   * The pair for one answer, which begins where an earlier one stopped, if that began alike.
   *
   * @param conversation the name of what the answer is a part of
   * @throws Refusal if its models are not there yet
   */
  public Pair reusing(String conversation) {
    Pair pair = open().pair();
    LanguageModel base = pair.base();
    return new Pair(
        reusing(pair.small(), conversation),
        pair.smallTemplate(),
        reusing(pair.large(), conversation),
        pair.largeTemplate(),
        base == null ? null : reusing(base, conversation),
        pair.spans());
  }

  /** Servers keep prefixes themselves, if requests find the replica that has them. */
  private LanguageModel reusing(LanguageModel model, String conversation) {
    LanguageModel served = model.forConversation(conversation);
    if (served != model) {
      return served;
    }
    return ReusingModel.of(
        model, prefixes.computeIfAbsent(model, _ -> new KeptPrefixes(keptPrefixes)));
  }

  /** Whether its models are there and their templates have a place for more than one question. */
  public boolean takesConversations() {
    OpenPair pair = open;
    return pair != null && rendersConversations(pair.pair());
  }

  private static boolean rendersConversations(Pair pair) {
    var conversation =
        List.of(
            Message.user("1 + 1?"),
            new Message(Message.Role.ASSISTANT, "2"),
            Message.user("And 2 + 2?"));
    try {
      pair.smallTemplate().render(conversation, true);
      pair.largeTemplate().render(conversation, true);
      return true;
    } catch (UserMistake e) {
      return false;
    }
  }

  /** How it answers unless asked otherwise. */
  public SplitOptions options() {
    return usual.toOptions();
  }

  /** Whether the configuration says with which seed answers are drawn. */
  public boolean hasSeed() {
    return usual.sampling().seed() != null;
  }

  synchronized void opened(OpenPair pair) {
    if (closed) {
      pair.close();
    } else {
      usual = usual.over(Advice.ofFirst(List.of(settings.small(), settings.large())).draws());
      open = pair;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    prefixes.values().forEach(KeptPrefixes::close);
    OpenPair pair = open;
    if (pair != null) {
      pair.close();
    }
  }
}
