package dev.splitreason.data.llm;

import dev.splitreason.data.llm.Endpoint.InDoubt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Asks a remote model for the hard parts of a text, once for each text. Thread-safe.
 *
 * <p>An answer is on disk before anything else is done with it, and is never paid for again. That a
 * request is about to be sent is noted on disk too. So what a killed run may have paid for without
 * getting it is known: the requests under way at that moment. What becomes of them is the
 * endpoint's {@link InDoubt}; a server that honours the idempotency key charges none twice.
 */
public final class SnippetSource implements AutoCloseable {

  private final Endpoint endpoint;
  private final SnippetRequest request;
  private final Budget budget;
  private final ReplyCache cache;
  private final ChatClient client;
  private final ConcurrentHashMap<String, ReentrantLock> underWay = new ConcurrentHashMap<>();
  private final AtomicLong askedAgain = new AtomicLong();
  private volatile boolean takesSchema = true;

  /**
   * @param targetShare of a text's characters that the snippets should make, 0 … 1
   * @param cache folder for answers; made if it is missing
   * @throws IOException if the folder cannot be made
   */
  public SnippetSource(Endpoint endpoint, double targetShare, Budget budget, Path cache)
      throws IOException {
    this.endpoint = endpoint;
    request = new SnippetRequest(targetShare);
    this.budget = budget;
    this.cache = new ReplyCache(cache);
    client = new ChatClient(endpoint, this.cache);
  }

  /**
   * What one question brought. Tokens and money are those of the time when it was answered, also
   * when the answer was found on disk: what a row says does not depend on interruptions.
   *
   * @param reply what the model answered
   * @param promptTokens tokens read
   * @param completionTokens tokens written
   * @param cost money
   */
  public record Answer(SnippetReply reply, long promptTokens, long completionTokens, double cost) {}

  /** The model's name. */
  public String model() {
    return endpoint.model();
  }

  /** Which wording asks. */
  public String promptVersion() {
    return SnippetRequest.VERSION;
  }

  /**
   * All that decides what is asked, by the names of the options that say it. Not the most tokens of
   * an answer: a run whose answers were cut off goes on with more.
   */
  public SequencedMap<String, String> settings() {
    SequencedMap<String, String> settings = new LinkedHashMap<>();
    settings.put("--endpoint", endpoint.base() + "#" + endpoint.model());
    settings.put("--target-share", Double.toString(request.targetShare()));
    settings.put("--temperature", Double.toString(endpoint.temperature()));
    settings.put("the wording", SnippetRequest.VERSION);
    return settings;
  }

  /**
   * How many requests were sent a second time without knowing whether the first had been answered,
   * and so may have been paid for twice.
   */
  public long askedAgain() {
    return askedAgain.get() + client.sentAgain();
  }

  /** Asks for the hard parts of a text. */
  public Answer ask(@Nullable String problem, String text)
      throws EndpointException, BudgetExhaustedException, IOException, InterruptedException {
    if (takesSchema) {
      try {
        return askOnce(request.body(endpoint, problem, text, true));
      } catch (EndpointException e) {
        if (e.hopeless() || !e.refusesRequest()) {
          throw e;
        }
        takesSchema = false;
      }
    }
    return askOnce(request.body(endpoint, problem, text, false));
  }

  private Answer askOnce(String body)
      throws EndpointException, BudgetExhaustedException, IOException, InterruptedException {
    String key = ReplyCache.key(endpoint, body);
    ReentrantLock lock = underWay.computeIfAbsent(key, k -> new ReentrantLock());
    lock.lockInterruptibly();
    try {
      Reply reply = cache.get(key);
      if (reply == null) {
        reply = pay(key, body);
      }
      return new Answer(
          SnippetReply.of(reply),
          reply.promptTokens(),
          reply.completionTokens(),
          budget.cost(reply.promptTokens(), reply.completionTokens()));
    } finally {
      lock.unlock();
      underWay.remove(key, lock);
    }
  }

  private Reply pay(String key, String body)
      throws EndpointException, BudgetExhaustedException, IOException, InterruptedException {
    boolean inDoubt = cache.isInDoubt(key);
    if (inDoubt && endpoint.inDoubt() == InDoubt.GIVE_UP) {
      throw new EndpointException(
          "it was asked about before, and whether that was paid for is unknown", 0);
    }
    long promptTokens = SnippetRequest.promptTokensAtMost(body);
    budget.reserve(promptTokens, endpoint.maxTokens());
    try {
      if (inDoubt) {
        askedAgain.incrementAndGet();
      }
      Reply reply = client.send(key, body);
      budget.spend(reply);
      cache.put(key, reply);
      return reply;
    } finally {
      budget.release(promptTokens, endpoint.maxTokens());
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
