package dev.splitreason.engine.contract.server;

import dev.splitreason.core.model.ScoreRequest;
import dev.splitreason.core.model.Session;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The likeliest tokens at every position of a prompt, as vLLM's {@code prompt_logprobs}. */
final class PromptScores {

  private PromptScores() {}

  /**
   * Scores a prompt.
   *
   * @param session empty
   * @param ids at least one
   * @param likeliest tokens to tell at a position, beside the one that is there
   */
  static ObjectNode choice(Session session, int[] ids, int likeliest) throws InterruptedException {
    int[] all = IntStream.range(0, ServedModels.vocabulary(session.model()).size()).toArray();
    session.append(ids[0]);
    int[] run = Arrays.copyOfRange(ids, 1, ids.length);
    float[][] logProbs = session.score(run, new ScoreRequest(false, all, false, null)).watched();
    ObjectNode choice = JsonNodeFactory.instance.objectNode().put("text", "").put("index", 0);
    choice.put("finish_reason", "length");
    ArrayNode prompt = choice.putArray("prompt_logprobs").addNull();
    for (int i = 0; i < run.length; i++) {
      ObjectNode position = prompt.addObject();
      for (int id : best(logProbs[i], likeliest)) {
        position.putObject(Integer.toString(id)).put("logprob", logProbs[i][id]);
      }
      position.putObject(Integer.toString(run[i])).put("logprob", logProbs[i][run[i]]);
    }
    tellNext(choice, logProbs[run.length], likeliest);
    return choice;
  }

  /** The likeliest tokens after a prompt, as vLLM's {@code logprobs} of one token. */
  static ObjectNode next(Session session, int[] ids, int likeliest) throws InterruptedException {
    session.append(ids);
    ObjectNode choice = JsonNodeFactory.instance.objectNode().put("text", "").put("index", 0);
    choice.put("finish_reason", "length");
    tellNext(choice, next(session), likeliest);
    return choice;
  }

  /** The log-probabilities of all tokens in the place of a session's next one. */
  static float[] next(Session session) throws InterruptedException {
    int[] all = IntStream.range(0, ServedModels.vocabulary(session.model()).size()).toArray();
    return session.score(new int[0], new ScoreRequest(false, all, false, null)).watched()[0];
  }

  /** Tells the likeliest tokens in the place of the one that is written next. */
  static void tellNext(ObjectNode choice, float[] logProbs, int likeliest) {
    ObjectNode next = choice.putObject("logprobs").putArray("top_logprobs").addObject();
    for (int id : best(logProbs, likeliest)) {
      next.put("token_id:" + id, logProbs[id]);
    }
  }

  private static int[] best(float[] logProbs, int count) {
    return IntStream.range(0, logProbs.length)
        .boxed()
        .sorted(Comparator.comparingDouble(id -> -logProbs[id]))
        .limit(count)
        .mapToInt(id -> id)
        .toArray();
  }
}
