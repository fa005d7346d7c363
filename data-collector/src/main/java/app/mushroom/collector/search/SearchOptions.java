package app.mushroom.collector.search;

/**
 * How to search.
 *
 * @param dataset name of the dataset
 * @param perLabel photos that every label is to have, those it has already among them; at least 1
 * @param perObservation photos of one find at most, at least 1
 * @param threads that fetch, for all labels together, at least 1
 * @param dryRun read the lists, fetch and write nothing
 */
public record SearchOptions(
    String dataset, int perLabel, int perObservation, int threads, boolean dryRun) {

  public SearchOptions {
    if (perLabel < 1 || perObservation < 1 || threads < 1) {
      throw new IllegalArgumentException(
          "Expected at least 1 photo per label and per find and 1 thread, found %d, %d and %d."
              .formatted(perLabel, perObservation, threads));
    }
  }
}
