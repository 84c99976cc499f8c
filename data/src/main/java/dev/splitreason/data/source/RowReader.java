package dev.splitreason.data.source;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of a source, one after another in its own order. Used by one thread. */
interface RowReader extends AutoCloseable {

  /**
   * The next row, or null behind the last.
   *
   * @throws DataException if the data is broken from here on
   * @throws IOException if it cannot be read
   */
  @Nullable SourceRow next() throws IOException;

  @Override
  void close() throws IOException;
}
