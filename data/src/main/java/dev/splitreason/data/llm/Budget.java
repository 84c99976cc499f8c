package dev.splitreason.data.llm;

/**
 * What a run may spend. Requests reserve their worst case before they are sent, so that the limit
 * is kept whatever is under way at once. Thread-safe.
 */
public final class Budget {

  private final long maxTokens;
  private final double maxMoney;
  private final double promptPrice;
  private final double completionPrice;
  private long tokens;
  private double money;
  private int underWay;

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

  /**
   * Sets tokens aside until {@link #release}; waits while requests under way may yet leave enough.
   *
   * @throws BudgetExhaustedException if so many tokens are not left
   */
  synchronized void reserve(long promptTokens, long completionTokens)
      throws BudgetExhaustedException, InterruptedException {
    long wanted = promptTokens + completionTokens;
    double price = cost(promptTokens, completionTokens);
    while (wanted > maxTokens - tokens || money + price > maxMoney) {
      if (underWay == 0) {
        throw new BudgetExhaustedException(
            "the budget is used up: %d tokens and %.4f spent, the next request may take %d and %.4f"
                .formatted(tokens, money, wanted, price));
      }
      wait();
    }
    tokens += wanted;
    money += price;
    underWay++;
  }

  /** Gives back what was reserved. */
  synchronized void release(long promptTokens, long completionTokens) {
    tokens -= promptTokens + completionTokens;
    money -= cost(promptTokens, completionTokens);
    underWay--;
    notifyAll();
  }

  /** Counts what was spent. */
  synchronized void spend(Reply reply) {
    tokens += reply.promptTokens() + reply.completionTokens();
    money += cost(reply.promptTokens(), reply.completionTokens());
  }
}
