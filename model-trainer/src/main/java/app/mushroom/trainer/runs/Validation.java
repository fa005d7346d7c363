package app.mushroom.trainer.runs;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.Split;
import app.mushroom.trainer.dataset.BatchLoader;
import app.mushroom.trainer.evaluation.Evaluator;
import app.mushroom.trainer.evaluation.Figures;
import app.mushroom.trainer.evaluation.LabelToxicities;
import app.mushroom.trainer.evaluation.LabelledOutputs;
import app.mushroom.trainer.training.Network;
import app.mushroom.trainer.training.Outputs;
import app.mushroom.trainer.training.StoppedException;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/** What a network answers to photos of the run, and how well it does on val. */
final class Validation {

  private final RunPhotos photos;
  private final BatchLoader loader;
  private final int batchSize;
  private final SpeciesCatalogue catalogue;
  private final BooleanSupplier stop;
  private final Console console;

  /**
   * @param stop asked after every batch; true ends with a {@link StoppedException}
   */
  Validation(
      RunPhotos photos,
      BatchLoader loader,
      int batchSize,
      SpeciesCatalogue catalogue,
      BooleanSupplier stop,
      Console console) {
    this.photos = photos;
    this.loader = loader;
    this.batchSize = batchSize;
    this.catalogue = catalogue;
    this.stop = stop;
    this.console = console;
  }

  /** Figures on the mushrooms of val, before any calibration. */
  Figures validate(Network network) {
    return figures(outputs(network, "val", photos.mushrooms(Split.VAL)));
  }

  /** Figures of mushrooms' outputs, before any calibration. */
  Figures figures(LabelledOutputs outputs) {
    return new Evaluator(new LabelToxicities(photos.labelSet(), catalogue))
        .evaluate(outputs, NeutralPolicy.of(photos.labelSet(), catalogue, outputs));
  }

  LabelledOutputs outputs(Network network, String what, List<DatasetPhoto> some) {
    Outputs outputs =
        Outputs.of(
            network,
            loader.plain(some, batchSize),
            some.size(),
            done -> {
              StoppedException.throwIf(stop);
              console.progress(what, done, some.size(), "");
            });
    int[] truth = some.stream().mapToInt(photos.labels()::indexOf).toArray();
    return new LabelledOutputs(outputs.logits(), outputs.embeddings(), truth);
  }

  static String line(Figures figures) {
    return String.format(
        Locale.ROOT,
        "top-1 %.1f %%, top-5 %.1f %%, genus %.1f %%, macro-F1 %.3f, loss %.3f",
        100 * figures.top1(),
        100 * figures.top5(),
        100 * figures.genusTop1(),
        figures.macroF1(),
        figures.loss());
  }
}
