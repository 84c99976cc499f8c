package dev.splitreason.pairs.hub;

/** Is told how far a download is. */
public interface HubProgress {

  /** Tells nobody. */
  HubProgress SILENT =
      new HubProgress() {
        @Override
        public void begins(String what, long bytes, long there) {}

        @Override
        public void has(long bytes) {}

        @Override
        public void ends() {}
      };

  /**
   * Something begins to come.
   *
   * @param what its name, as the user wrote it
   * @param bytes of all of its files
   * @param there how many of these an earlier download has left
   */
  void begins(String what, long bytes, long there);

  /** So many bytes of it are there now, those of earlier downloads included. */
  void has(long bytes);

  /** It is there, or comes no further. */
  void ends();
}
