package dev.splitreason.evaluation.report;

import dev.splitreason.core.error.UserMistake;
import dev.splitreason.evaluation.run.Contender;
import dev.splitreason.evaluation.run.RunDescription;
import dev.splitreason.evaluation.run.RunFolder;
import dev.splitreason.evaluation.run.Sample;
import dev.splitreason.evaluation.run.SampleKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One run, or several of one benchmark as if they had been one.
 *
 * @param descriptions of the runs, at least one
 * @param contenders in order; one that several runs have is told apart by their folders
 * @param samples of all
 */
record ReportedRuns(
    List<RunDescription> descriptions, List<Contender> contenders, List<Sample> samples) {

  ReportedRuns {
    descriptions = List.copyOf(descriptions);
    contenders = List.copyOf(contenders);
    samples = List.copyOf(samples);
  }

  /**
   * Reads runs.
   *
   * @throws UserMistake with a one-line message, if a folder holds no run, or they measured
   *     different benchmarks
   * @throws IOException if one cannot be read
   */
  static ReportedRuns read(List<Path> folders) throws IOException {
    List<RunFolder> runs = new ArrayList<>();
    for (Path folder : folders) {
      runs.add(RunFolder.read(folder));
    }
    RunDescription first = runs.getFirst().description();
    Set<Contender> seen = new HashSet<>();
    Set<Contender> shared = new HashSet<>();
    for (int i = 0; i < runs.size(); i++) {
      RunDescription run = runs.get(i).description();
      if (!run.benchmark().equals(first.benchmark())) {
        throw new UserMistake(
            "'%s' measured the benchmark %s and '%s' %s: only runs of one stand side by side"
                .formatted(folders.getFirst(), first.benchmark(), folders.get(i), run.benchmark()));
      }
      run.contenders().stream().filter(contender -> !seen.add(contender)).forEach(shared::add);
    }
    List<Contender> contenders = new ArrayList<>();
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      RunFolder run = runs.get(i);
      Path folder = folders.get(i);
      run.description().contenders().stream()
          .map(contender -> told(contender, shared, folder))
          .forEach(contenders::add);
      run.samples().stream()
          .map(sample -> by(told(sample.key().contender(), shared, folder), sample))
          .forEach(samples::add);
    }
    return new ReportedRuns(
        runs.stream().map(RunFolder::description).toList(), contenders, samples);
  }

  /** What they measured. */
  String benchmark() {
    return descriptions.getFirst().benchmark();
  }

  /** Of the first. */
  long seed() {
    return descriptions.getFirst().seed();
  }

  private static Contender told(Contender contender, Set<Contender> shared, Path folder) {
    return shared.contains(contender) ? contender.of(folder.toString()) : contender;
  }

  private static Sample by(Contender contender, Sample sample) {
    SampleKey key = sample.key();
    return new Sample(
        new SampleKey(contender, key.problem(), key.sample()),
        sample.problem(),
        sample.seed(),
        sample.outcome(),
        sample.reason(),
        sample.answer(),
        sample.trace());
  }

  /** The samples of one contender. */
  List<Sample> of(Contender contender) {
    return samples.stream().filter(sample -> sample.key().contender().equals(contender)).toList();
  }
}
