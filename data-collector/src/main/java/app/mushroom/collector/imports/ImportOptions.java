package app.mushroom.collector.imports;

import app.mushroom.collector.dataset.DatasetAssembly.Earlier;
import app.mushroom.collector.dataset.SplitShares;
import java.nio.file.Path;
import java.util.List;

/**
 * What to import and how.
 *
 * @param inputs CSV lists and folders, at least one
 * @param dataset name of the dataset
 * @param shares how photos without a split are shared out
 * @param earlier what becomes of the photos of the version before
 * @param allowUnknownLabels whether labels that the species catalogue does not know may enter
 * @param mayRefuse share of the offered photos that may be refused before the import fails, 0 to 1
 * @param threads that decode and encode, at least 1
 * @param dryRun do everything but write
 */
public record ImportOptions(
    List<Path> inputs,
    String dataset,
    SplitShares shares,
    Earlier earlier,
    boolean allowUnknownLabels,
    double mayRefuse,
    int threads,
    boolean dryRun) {

  /** More refused than this and something is wrong with the list rather than with its photos. */
  public static final double USUAL_MAY_REFUSE = 0.05;

  public ImportOptions {
    inputs = List.copyOf(inputs);
    if (inputs.isEmpty()) {
      throw new IllegalArgumentException("Expected at least one CSV list or folder, found none");
    }
    if (!(mayRefuse >= 0 && mayRefuse <= 1)) {
      throw new IllegalArgumentException("mayRefuse must be in [0,1], found " + mayRefuse);
    }
    if (threads < 1) {
      throw new IllegalArgumentException("Expected at least 1 thread, found " + threads);
    }
  }
}
