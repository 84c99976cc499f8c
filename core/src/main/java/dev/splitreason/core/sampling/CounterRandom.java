package dev.splitreason.core.sampling;

/**
 * Random numbers without state: each is a function of a seed and a counter, so the same place in a
 * text gets the same number however often, and in whatever order, it is asked for.
 *
 * <p>The function is the finaliser of SplitMix64 (Steele, Lea and Flood, "Fast splittable
 * pseudorandom number generators", 2014), applied to the seed and again to the counter.
 */
public final class CounterRandom {

  private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

  private CounterRandom() {}

  /** A number in [0, 1), a multiple of 2<sup>-53</sup>. */
  public static double uniform(long seed, long counter) {
    return (bits(seed, counter) >>> 11) * 0x1p-53;
  }

  /** 64 random bits; also good as a seed of its own, to split one seed into many. */
  public static long bits(long seed, long counter) {
    return mix(mix(seed + GOLDEN_GAMMA) + GOLDEN_GAMMA * (counter + 1));
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
