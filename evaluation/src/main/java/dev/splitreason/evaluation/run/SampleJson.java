package dev.splitreason.evaluation.run;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.core.trace.Trace;
import dev.splitreason.data.problem.Problem;
import dev.splitreason.evaluation.run.Sample.Outcome;
import dev.splitreason.files.jsonl.Json;
import dev.splitreason.files.jsonl.MalformedLineException;
import dev.splitreason.files.trace.TraceJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON of a sample, one line each: the record {@link Line}, in snake case, then the fields of
 * its trace ({@link TraceJson}), so whatever reads the traces of {@code ask --trace} reads samples
 * too.
 */
final class SampleJson {

  private SampleJson() {}

  /** A sample as the object of its line. */
  static ObjectNode write(Sample sample) {
    Contender contender = sample.key().contender();
    Problem problem = sample.problem();
    var line =
        new Line(
            problem.id(),
            sample.key().sample(),
            contender.policy(),
            contender.small(),
            contender.large(),
            sample.seed(),
            sample.outcome(),
            sample.reason(),
            sample.answer(),
            problem.answer(),
            problem.text(),
            problem.difficulty());
    ObjectNode json = Json.MAPPER.valueToTree(line);
    return json.setAll(TraceJson.write(sample.trace()));
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws MalformedLineException if it is something else
   */
  static Sample read(byte[] json) throws MalformedLineException {
    try {
      JsonNode line = Json.MAPPER.readTree(json);
      if (!line.isObject()) {
        throw new MalformedLineException("is no sample: no JSON object");
      }
      return Json.MAPPER.treeToValue(line, Line.class).toSample(TraceJson.read(line));
    } catch (JacksonException e) {
      throw new MalformedLineException("is no sample: " + Json.complaint(e));
    } catch (UserMistake e) {
      throw new MalformedLineException("is no sample: " + e.getMessage());
    }
  }

  private record Line(
      String problem,
      int sample,
      String policy,
      @Nullable String small,
      @Nullable String large,
      long seed,
      Outcome outcome,
      String reason,
      String answer,
      String gold,
      String question,
      @Nullable String difficulty) {

    Sample toSample(@Nullable Trace trace) {
      var key = new SampleKey(new Contender(policy, small, large), problem, sample);
      return new Sample(
          key,
          new Problem(problem, question, gold, difficulty),
          seed,
          outcome,
          reason,
          answer,
          trace);
    }
  }
}
