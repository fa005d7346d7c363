package app.mushroom.benchmarks.training;

import app.mushroom.trainer.training.Hyperparameters;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The options that all commands share, and the trainer's settings they stand for. */
final class Recipe {

  @Option(names = "--backbone", required = true, description = "TorchScript file.")
  Path backbone = Path.of("");

  @Option(names = "--size", description = "Side of the training views in pixels.")
  int size = 192;

  @Option(names = "--batch", description = "Photos a step.")
  int batch = 32;

  @Option(names = "--device", description = "cpu, gpu or auto.")
  String device = "cpu";

  Hyperparameters settings(int headEpochs, int epochs) {
    return new Hyperparameters(
        headEpochs,
        epochs,
        batch,
        size,
        size,
        size,
        5e-4,
        1e-3,
        0.2,
        0.05,
        5,
        0.2,
        0.1,
        0.3,
        0.3,
        0.2,
        0.995,
        0.35,
        0.2,
        0,
        0.15,
        0.25,
        0.25,
        0,
        1);
  }
}
