package dev.splitreason.pairs.open;

import dev.splitreason.engine.llamacpp.CacheCost;
import dev.splitreason.engine.llamacpp.LlamaCppOptions;
import dev.splitreason.pairs.config.ModelLocation;
import dev.splitreason.pairs.config.ModelSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many answers have room in memory at once, and how long each may become: the KV caches of all
 * models together, so that no answer fails because others are long.
 *
 * @param answersAtOnce at least 1
 * @param contexts tokens of one session, by the model's name
 */
record MemoryPlan(int answersAtOnce, Map<String, Integer> contexts) {

  /** Of a prompt, and of a look ahead. */
  private static final int BESIDE_THE_ANSWER = 2048;

  /** What weights, batches and this process take beside the caches. */
  private static final long RESERVE = 1L << 30;

  private static final int PAD = 256;

  MemoryPlan {
    contexts = Map.copyOf(contexts);
  }

  /**
   * A model in this process.
   *
   * @param name of it
   * @param cost of its context
   * @param weights bytes of its file
   * @param asked tokens of a session that the user asked for; 0 for none
   */
  record Member(String name, CacheCost cost, long weights, int asked) {

    /** Tokens of a session that holds an answer of so many. */
    private int session(int answerTokens) {
      int wanted = answerTokens + BESIDE_THE_ANSWER;
      int padded = (wanted + PAD - 1) / PAD * PAD;
      return asked > 0 ? asked : Math.min(cost.trained(), padded);
    }

    private long bytes(int tokens) {
      return tokens * cost.bytesPerToken();
    }
  }

  /** A plan for the models that a pair needs; served ones have memory of their own. */
  static MemoryPlan of(List<ModelSettings> models, Workload work) {
    List<Member> members = new ArrayList<>();
    long available = Long.MAX_VALUE;
    for (ModelSettings model : models) {
      if (model.location() instanceof ModelLocation.GgufFile(Path file)) {
        LlamaCppOptions options =
            LlamaCppOptions.DEFAULTS
                .withGpuLayers(model.gpuLayers())
                .withKvType(model.kvType())
                .withAnyArchitecture(model.unsafe());
        members.add(
            new Member(
                model.name(),
                CacheCost.of(file, options),
                model.location().bytes(),
                model.context()));
        available = Math.min(available, CacheCost.availableMemory(options));
      }
    }
    return of(members, work.answersAtOnce(), work.answerTokens(), available);
  }

  /**
   * A plan.
   *
   * @param wanted answers at once
   * @param answerTokens the most tokens of each
   * @param available bytes for weights and caches
   */
  static MemoryPlan of(List<Member> members, int wanted, int answerTokens, long available) {
    long weights = members.stream().mapToLong(Member::weights).sum();
    long free = Math.max(0, available - weights - RESERVE);
    long ofAnAnswer =
        members.stream().mapToLong(member -> member.bytes(member.session(answerTokens))).sum();
    Map<String, Integer> contexts = new HashMap<>();
    for (Member member : members) {
      int session = member.session(answerTokens);
      if (member.asked == 0 && ofAnAnswer > free) {
        // Not even one answer fits: what there is, shared in proportion.
        int usual = Math.min(member.cost.trained(), LlamaCppOptions.DEFAULT_CONTEXT);
        session =
            Math.max(Math.min(session, usual), (int) (session * ((double) free / ofAnAnswer)));
      }
      contexts.put(member.name, session);
    }
    long fitting = ofAnAnswer == 0 ? wanted : free / ofAnAnswer;
    return new MemoryPlan(Math.clamp(fitting, 1, wanted), contexts);
  }

  /** A model with the context of this plan. */
  ModelSettings apply(ModelSettings model) {
    Integer context = contexts.get(model.name());
    return context == null ? model : model.withContext(context);
  }

  /** Tokens that all answers together keep of a model; 0 where that is not planned. */
  int cacheTokens(ModelSettings model) {
    Integer context = contexts.get(model.name());
    return context == null
        ? 0
        : Math.clamp((long) answersAtOnce * context, LlamaCppOptions.DEFAULT_CACHE, 1 << 30);
  }
}
