package dev.splitreason.engine.llamacpp.trial;

import org.jspecify.annotations.Nullable;

/** The lines by which the process of a trial tells its parent how far it came. */
public enum TrialReport {
  /** The libraries are loaded: whatever happens from now on is the file's doing. */
  READY,
  /** All is done. */
  SURVIVED,
  /** The file was refused in an orderly way; the rest of the line says why. */
  REFUSED,
  /** The library is about to end the process; the rest of the line says why. */
  ABORTED;

  /** Tells the parent. */
  public void send(String text) {
    System.out.println(name() + " " + text.replaceAll("\\p{Cntrl}", " "));
    System.out.flush();
  }

  /** What followed this word in the first such line of an output, or null if there is none. */
  @Nullable String in(String output) {
    return output
        .lines()
        .filter(line -> line.startsWith(name() + " "))
        .map(line -> line.substring(name().length() + 1))
        .findFirst()
        .orElse(null);
  }
}
