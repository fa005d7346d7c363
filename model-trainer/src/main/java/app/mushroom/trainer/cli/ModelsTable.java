package app.mushroom.trainer.cli;

import app.mushroom.trainer.evaluation.Figures;
import app.mushroom.trainer.publishing.BundleMetrics;

/** Published versions, one a line. */
final class ModelsTable {

  private final TextTable table =
      new TextTable(
          "",
          "MODEL",
          ">VERSION",
          "CREATED (UTC)",
          "NETWORK",
          "DATASET",
          ">POISON RECALL",
          ">COST",
          ">TOP-1",
          ">MACRO-F1",
          "STANDING");

  ModelsTable add(PublishedVersion version) {
    BundleMetrics metrics = version.metrics();
    Figures test = metrics == null ? null : metrics.test();
    table.row(
        version.isChampion() ? "*" : "",
        version.manifest().name(),
        version.manifest().version(),
        Words.time(version.manifest().created()),
        version.manifest().architecture(),
        version.manifest().dataset().name() + " " + version.manifest().dataset().version(),
        Words.percent(test == null ? null : test.poisonRecall()),
        Words.number(test == null ? null : test.poisonCost()),
        Words.percent(test == null ? null : test.top1()),
        Words.number(test == null ? null : test.macroF1()),
        version.standing());
    return this;
  }

  boolean isEmpty() {
    return table.isEmpty();
  }

  @Override
  public String toString() {
    return table
        + System.lineSeparator()
        + "Figures on test; * is served. Why a version is not: mushroom models show VERSION"
        + System.lineSeparator();
  }
}
