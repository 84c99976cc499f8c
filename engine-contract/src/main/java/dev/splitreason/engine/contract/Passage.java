package dev.splitreason.engine.contract;

import dev.splitreason.core.model.Session;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Something to append to a session: token ids where its model takes them, else text. */
public sealed interface Passage {

  /** Appends it in one piece. */
  void appendTo(Session session) throws InterruptedException;

  /** The smallest pieces that it may be appended in. */
  List<Passage> pieces();

  /** This one with another of its kind behind it. */
  Passage and(Passage other);

  /** Token ids of no meaning, the same for the same arguments; every vocabulary has them. */
  static Ids ofIds(int seed, int count) {
    return new Ids(new SplittableRandom(seed).ints(count, 20, 300).toArray());
  }

  /** Token ids. */
  record Ids(int[] ids) implements Passage {

    @Override
    public void appendTo(Session session) throws InterruptedException {
      session.append(ids);
    }

    @Override
    public List<Passage> pieces() {
      return IntStream.of(ids).<Passage>mapToObj(id -> new Ids(new int[] {id})).toList();
    }

    @Override
    public Passage and(Passage other) {
      int[] more = ((Ids) other).ids;
      int[] both = Arrays.copyOf(ids, ids.length + more.length);
      System.arraycopy(more, 0, both, ids.length, more.length);
      return new Ids(both);
    }
  }

  /** Text; its pieces are words, each with the blank before it. */
  record Text(String text) implements Passage {

    @Override
    public void appendTo(Session session) throws InterruptedException {
      session.append(text);
    }

    @Override
    public List<Passage> pieces() {
      return Stream.of(text.split("(?= )")).<Passage>map(Text::new).toList();
    }

    @Override
    public Passage and(Passage other) {
      return new Text(text + ((Text) other).text);
    }
  }
}
