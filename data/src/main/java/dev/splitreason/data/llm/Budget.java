package dev.splitreason.data.llm;

/**
 * What a run may spend. Requests reserve their worst case before they are sent, so that the limit is
 * kept whatever is under way at once. Thread-safe.
 */
public final class Budget {

  private final long maxTokens;
  private final double maxMoney;
  private final double promptPrice;
  private final double completionPrice;
  private long tokens;
  private double money;

  /**
   * @param maxTokens the most tokens, read and written together
   * @param maxMoney the most money
   * @param promptPrice money for a million tokens read
   * @param completionPrice money for a million tokens written
   */
  public Budget(long maxTokens, double maxMoney, double promptPrice, double completionPrice) {
    this.maxTokens = maxTokens;
    this.maxMoney = maxMoney;
    this.promptPrice = promptPrice;
    this.completionPrice = completionPrice;
  }

  /** No limit, at no price. */
  public static Budget unlimited() {
    return new Budget(Long.MAX_VALUE, Double.POSITIVE_INFINITY, 0, 0);
  }

  /** Money for so many tokens. */
  public double cost(long promptTokens, long completionTokens) {
    return (promptTokens * promptPrice + completionTokens * completionPrice) / 1e6;
  }

  /** Tokens spent or reserved. */
  public synchronized long tokens() {
    return tokens;
  }

  /** Sets tokens aside; the caller gives them back with {@link #release}. */
  synchronized void reserve(long promptTokens, long completionTokens)
      throws BudgetExhaustedException {
    long wanted = promptTokens + completionTokens;
    double price = cost(promptTokens, completionTokens);
    if (wanted > maxTokens - tokens || money + price > maxMoney) {
      throw new BudgetExhaustedException(
          "the budget is used up: %d tokens and %.4f spent or under way".formatted(tokens, money));
    }
    tokens += wanted;
    money += price;
  }

  /** Gives back what was reserved. */
  synchronized void release(long promptTokens, long completionTokens) {
    tokens -= promptTokens + completionTokens;
    money -= cost(promptTokens, completionTokens);
  }

  /** Counts what was spent. */
  synchronized void spend(Reply reply) {
    tokens += reply.promptTokens() + reply.completionTokens();
    money += cost(reply.promptTokens(), reply.completionTokens());
  }
}
