package app.mushroom.benchmarks.training;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.trainer.dataset.LabelIndex;
import app.mushroom.trainer.torchscript.ClassifierScript;
import app.mushroom.trainer.training.ComputeDevice;
import app.mushroom.trainer.training.FineTuner;
import app.mushroom.trainer.training.FineTuner.EpochResult;
import app.mushroom.trainer.training.Network;
import app.mushroom.trainer.training.StoppedException;
import app.mushroom.trainer.training.Training;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Fine-tunes on noise, as many steps as each line of standard input says, and prints how long they
 * took; ends with the input. So two such processes can be measured by turns.
 */
@Command(name = "steps")
final class StepsCommand implements Callable<Integer>, FineTuner.Listener {

  private static final int PHOTOS_PER_LABEL = 1000;

  @Mixin private Recipe recipe = new Recipe();

  @Option(names = "--labels")
  private int labels = 131;

  @Option(names = "--dimensions", description = "Length of the backbone's embedding.")
  private int dimensions = 1280;

  private final BufferedReader orders =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
  private int ordered;
  private int left;
  private long since;
  private double cpuSince;

  @Override
  public Integer call() throws IOException {
    List<DatasetPhoto> photos = RandomBatches.photos(labels, PHOTOS_PER_LABEL);
    Training training =
        new Training(
            recipe.settings(0, 1),
            LabelIndex.of(photos),
            photos,
            new RandomBatches(labels, recipe.batch, recipe.size),
            new boolean[labels],
            List.of(),
            ComputeDevice.of(recipe.device));
    Path file = Files.createTempFile("benchmark", ".pt");
    try {
      Random random = new Random(2);
      float[] weight = new float[labels * dimensions];
      for (int i = 0; i < weight.length; i++) {
        weight[i] = (float) random.nextGaussian() * 0.03f;
      }
      ClassifierScript.write(recipe.backbone, file, weight, new float[labels], 0.2);
      try (Network network = training.load(file);
          FineTuner tuner = training.fineTuner(network, Path.of(""), Clock.systemUTC())) {
        awaitOrder();
        tuner.run(() -> left == 0, this);
      } catch (StoppedException e) {
        return 0; // no more orders
      }
    } finally {
      Files.delete(file);
    }
    return 0;
  }

  private void awaitOrder() {
    try {
      String line = orders.readLine();
      ordered = line == null ? 0 : Integer.parseInt(line.strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    left = ordered;
    cpuSince = Figure.cpuSeconds();
    since = System.nanoTime();
  }

  @Override
  public void step(FineTuner tuner, FineTuner.StepResult result) {
    left--;
    if (left == 0) {
      new Figure()
          .with("images", ordered * recipe.batch)
          .with("seconds", (System.nanoTime() - since) / 1e9)
          .with("cpuSeconds", Figure.cpuSeconds() - cpuSince)
          .with("loss", result.meanLoss())
          .print();
      awaitOrder();
    }
  }

  @Override
  public void averaged(Network network, EpochResult result) {}

  @Override
  public void finished(FineTuner tuner) {}
}
