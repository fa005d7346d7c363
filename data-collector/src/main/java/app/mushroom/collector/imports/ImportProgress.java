package app.mushroom.collector.imports;

/** Hears how far an import is. Called by one thread. */
public interface ImportProgress {
  /** For whoever does not want to know. */
  ImportProgress SILENT = (done, of, refused) -> {};

  /**
   * @param done photos taken or refused so far
   * @param of photos to look at
   * @param refused photos refused so far
   */
  void at(int done, int of, int refused);
}
