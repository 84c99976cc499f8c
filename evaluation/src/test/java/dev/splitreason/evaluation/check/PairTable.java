package dev.splitreason.evaluation.check;

import java.nio.file.*;
import java.util.*;
import tools.jackson.databind.json.JsonMapper;

public final class PairTable {
  record Other(String id, String gold, String answer, boolean equal, String kind) {}

  public static void main(String[] a) throws Exception {
    int wrong = 0;
    List<Pair> pairs = Pair.all();
    if (a.length > 0 && a[0].endsWith("jsonl")) {
      JsonMapper m = new JsonMapper();
      pairs =
          Files.readAllLines(Path.of(a[0])).stream().map(l -> m.readValue(l, Pair.class)).toList();
    }
    long t0 = System.nanoTime();
    try (AnswerChecker c = new AnswerChecker()) {
      for (Pair p : pairs) {
        long t = System.nanoTime();
        Verdict v;
        try {
          v = c.check(p.gold(), p.answer());
        } catch (Throwable e) {
          v = new Verdict(!p.equal(), e.toString());
          e.printStackTrace();
        }
        double ms = (System.nanoTime() - t) / 1e6;
        if (v.equal() != p.equal() || (a.length > 0 && p.id().startsWith(a[0]))) {
          System.out.printf(
              "%s %-14s want %b got %s  | %s | %s%n",
              v.equal() != p.equal() ? "WRONG" : "ok   ",
              p.id(),
              p.equal(),
              v.method(),
              cut(p.gold()),
              cut(p.answer()));
          if (v.equal() != p.equal()) wrong++;
        } else if (ms > 300) System.out.printf("slow %.0f ms %s %s%n", ms, p.id(), v);
      }
    }
    System.out.println(
        wrong + " wrong of " + pairs.size() + " in " + (System.nanoTime() - t0) / 1e9 + " s");
  }

  static String cut(String s) {
    s = s.replace("\n", "⏎");
    return s.length() > 200 ? "…" + s.substring(s.length() - 200) : s;
  }
}
