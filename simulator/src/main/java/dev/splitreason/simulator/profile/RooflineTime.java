package dev.splitreason.simulator.profile;

/**
 * Pass times from first principles: a pass takes as long as its arithmetic or its memory traffic,
 * whichever is longer (Williams, Waterman and Patterson 2009, doi:10.1145/1498765.1498785).
 *
 * <pre>
 * tokens  = decoding + prefilled
 * FLOP    = 2·parameters·tokens + attention·(decodingContext + prefillPairs)
 * bytes   = parameters·bytesPerParameter + kv·(decodingContext + prefillContext + tokens)
 * seconds = overhead + max(FLOP / flopPerSecond, bytes / bandwidth)
 * </pre>
 *
 * @param parameters weights that take part in every token
 * @param bytesPerParameter 2 for BF16, 1 for FP8 or Q8_0
 * @param kvBytesPerToken 2 (key and value)·layers·KV heads·head size·bytes
 * @param attentionFlopPerPair 4·layers·heads·head size: query times key, weight times value
 * @param bandwidth bytes a second that are reached, not the data sheet's
 * @param flopPerSecond arithmetic that is reached, not the data sheet's
 * @param overheadSeconds what every pass costs besides: launches, sampling, scheduling
 */
public record RooflineTime(
    double parameters,
    double bytesPerParameter,
    double kvBytesPerToken,
    double attentionFlopPerPair,
    double bandwidth,
    double flopPerSecond,
    double overheadSeconds)
    implements PassTime {

  public RooflineTime {
    Check.positive("parameters", parameters);
    Check.positive("bytes_per_parameter", bytesPerParameter);
    Check.notNegative("kv_bytes_per_token", kvBytesPerToken);
    Check.notNegative("attention_flop_per_pair", attentionFlopPerPair);
    Check.positive("bandwidth", bandwidth);
    Check.positive("flop_per_second", flopPerSecond);
    Check.notNegative("overhead_seconds", overheadSeconds);
  }

  @Override
  public double seconds(Pass pass) {
    int tokens = pass.decoding() + pass.prefilled();
    if (tokens == 0) {
      return 0;
    }
    double flop =
        2 * parameters * tokens
            + attentionFlopPerPair * (pass.decodingContext() + pass.prefillPairs());
    double bytes =
        parameters * bytesPerParameter
            + kvBytesPerToken * (pass.decodingContext() + pass.prefillContext() + tokens);
    return overheadSeconds + Math.max(flop / flopPerSecond, bytes / bandwidth);
  }
}
