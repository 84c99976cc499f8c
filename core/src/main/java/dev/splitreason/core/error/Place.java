package dev.splitreason.core.error;

import java.nio.file.Path;

/** Where a {@link UserMistake} is; its text is how people are told. */
public sealed interface Place {

  /** An option of the command or of the program that calls: {@code --threads}. */
  record Option(String name) implements Place {
    @Override
    public String toString() {
      return name;
    }
  }

  /** A file or folder as a whole. */
  record File(Path path) implements Place {
    @Override
    public String toString() {
      return path.toString();
    }
  }

  /** A line of a file that people write, counted from 1: {@code recipe.yaml:7}. */
  record Line(Path file, int number) implements Place {
    @Override
    public String toString() {
      return file + ":" + number;
    }
  }

  /** A line of a file of data, counted from 1: {@code traces.jsonl, line 7}. */
  record DataLine(Path file, long number) implements Place {
    @Override
    public String toString() {
      return file + ", line " + number;
    }
  }

  /** A row of a table, counted from 1: {@code problems.csv, row 7}. */
  record TableRow(Path file, long number) implements Place {
    @Override
    public String toString() {
      return file + ", row " + number;
    }
  }

  /** A field of a document or of a setting, by its path: {@code optimizer.rate}. */
  record Field(String path) implements Place {
    @Override
    public String toString() {
      return path;
    }
  }

  /** A place in another, such as a field in a line of a file. */
  record Within(Place outer, Place inner) implements Place {
    @Override
    public String toString() {
      return outer + ": " + inner;
    }
  }
}
