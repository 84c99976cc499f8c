package dev.splitreason.cli.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.splitreason.core.gguf.GgufTensorType;
import dev.splitreason.core.model.DecodeRequest;
import dev.splitreason.core.model.LanguageModel;
import dev.splitreason.core.model.ModelException;
import dev.splitreason.core.model.Session;
import dev.splitreason.core.policy.Policy;
import dev.splitreason.core.sampling.Sampling;
import dev.splitreason.core.shape.ModelShape;
import dev.splitreason.core.trace.SpanSettings;
import dev.splitreason.engine.contract.random.RandomQwen2;
import dev.splitreason.pairs.config.ModelLocation;
import dev.splitreason.pairs.config.ModelSettings;
import dev.splitreason.pairs.config.PairSettings;
import dev.splitreason.pairs.open.OpenPair;
import dev.splitreason.pairs.open.Workload;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Long answers side by side on a real model: together they are longer than its usual cache. */
class PlannedMemoryTest {

  private static final int ANSWERS = 8;
  private static final int LENGTH = 1500;

  private static final Workload WORK = new Workload(Set.of(new Policy.SmallOnly()), 1, ANSWERS);

  @TempDir private Path folder;

  private PairSettings pair;

  @BeforeEach
  void writeAModelOfLongContext() {
    ModelShape tiny = RandomQwen2.TINY;
    var shape =
        new ModelShape(
            tiny.family(),
            tiny.vocabulary(),
            tiny.width(),
            tiny.layers(),
            tiny.heads(),
            tiny.keyValueHeads(),
            tiny.headSize(),
            tiny.feedForward(),
            tiny.normEpsilon(),
            tiny.rope(),
            4096,
            tiny.tiedEmbeddings());
    Path file = folder.resolve("long.gguf");
    RandomQwen2.of(shape, GgufTensorType.F32, 1).write(file);
    ModelSettings model =
        ModelSettings.of("long", new ModelLocation.GgufFile(file)).withTemplate("chain");
    pair = new PairSettings("p", model, model, null, null, null, SpanSettings.DEFAULT);
  }

  @Test
  void everyOneHasRoomWhereTheirLengthIsPlanned() throws InterruptedException {
    try (OpenPair open = OpenPair.open(pair, WORK.ofAnswerTokens(LENGTH))) {
      assertThat(open.answersAtOnce()).isEqualTo(ANSWERS);
      fill(open.pair().small());
    }
  }

  @Test
  void withoutAPlanTheyFightForOneCache() throws InterruptedException {
    try (OpenPair open = OpenPair.open(pair, WORK)) {
      assertThatThrownBy(() -> fill(open.pair().small()))
          .isInstanceOfSatisfying(
              ModelException.class,
              e -> assertThat(e.kind()).isEqualTo(ModelException.Kind.OUT_OF_CAPACITY));
    }
  }

  /** Opens as many sessions and makes each as long as an answer. */
  private static void fill(LanguageModel model) throws InterruptedException {
    int[] tokens = new int[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      tokens[i] = 65 + i % 26;
    }
    List<Session> sessions = new ArrayList<>();
    try {
      for (int i = 0; i < ANSWERS; i++) {
        Session session = model.open();
        sessions.add(session);
        session.append(tokens);
        session.decode(DecodeRequest.upTo(1, Sampling.GREEDY), token -> {});
      }
    } finally {
      sessions.forEach(Session::close);
    }
  }
}
