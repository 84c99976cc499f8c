package dev.splitreason.simulator.outline;

import dev.splitreason.core.error.UserMistake;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** A distribution of lengths, in tokens. Every length is at least 1. */
public sealed interface Lengths {

  /** Draws a length. */
  int draw(RandomGenerator random);

  /** Always the same length. */
  record Fixed(int tokens) implements Lengths {
    public Fixed {
      if (tokens < 1) {
        throw new UserMistake("a length is at least 1 token, not " + tokens);
      }
    }

    @Override
    public int draw(RandomGenerator random) {
      return tokens;
    }
  }

  /** As long as a coin keeps falling: many short ones, few long ones, with a given mean. */
  record Geometric(double mean) implements Lengths {
    public Geometric {
      if (!(mean >= 1) || Double.isInfinite(mean)) {
        throw new UserMistake("a mean length is at least 1 token, not " + mean);
      }
    }

    @Override
    public int draw(RandomGenerator random) {
      if (mean == 1) {
        return 1;
      }
      double u = 1 - random.nextDouble();
      return 1 + (int) Math.min(1e9, Math.floor(Math.log(u) / Math.log1p(-1 / mean)));
    }
  }

  /** A normally distributed logarithm: how answer lengths of reasoning models look. */
  record LogNormal(double median, double sigma) implements Lengths {
    public LogNormal {
      if (!(median >= 1) || Double.isInfinite(median) || !(sigma >= 0 && sigma <= 3)) {
        throw new UserMistake(
            "a log-normal length needs a median of at least 1 token and a sigma in 0 … 3, not "
                + median
                + " and "
                + sigma);
      }
    }

    @Override
    public int draw(RandomGenerator random) {
      double tokens = median * Math.exp(sigma * random.nextGaussian());
      return Math.clamp(Math.round(tokens), 1, 1_000_000_000);
    }
  }

  /** Lengths that were seen, each as likely as it was frequent. */
  record Observed(List<Integer> tokens) implements Lengths {
    public Observed {
      tokens = List.copyOf(tokens);
      if (tokens.isEmpty() || tokens.stream().anyMatch(length -> length < 1)) {
        throw new IllegalArgumentException("observed lengths are at least 1 token, and some");
      }
    }

    @Override
    public int draw(RandomGenerator random) {
      return tokens.get(random.nextInt(tokens.size()));
    }
  }

  /**
   * Reads {@code N}, {@code geometric:MEAN} or {@code lognormal:MEDIAN:SIGMA}.
   *
   * @throws IllegalArgumentException with a one-line message, if it is none of them
   */
  static Lengths parse(String text) {
    String[] parts = text.strip().toLowerCase(Locale.ROOT).split(":", -1);
    try {
      return switch (parts[0] + "/" + parts.length) {
        case "geometric/2" -> new Geometric(Double.parseDouble(parts[1]));
        case "lognormal/3" ->
            new LogNormal(Double.parseDouble(parts[1]), Double.parseDouble(parts[2]));
        default -> new Fixed(Integer.parseInt(text.strip()));
      };
    } catch (NumberFormatException e) {
      throw new UserMistake(
          "'" + text + "' is no length", "use N, geometric:MEAN or lognormal:MEDIAN:SIGMA", e);
    }
  }
}
