package app.mushroom.trainer.training;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.pytorch.jni.JniUtils;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.trainer.dataset.Batches;
import app.mushroom.trainer.dataset.LabelIndex;
import app.mushroom.trainer.dataset.Sampler;
import app.mushroom.trainer.torchscript.ClassifierScript;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The two phases of fine-tuning on one list of photos: a linear head on the backbone's embeddings,
 * then all layers.
 */
public final class Training {

  /** BatchNorm remembers about ten batches; larger ones make steadier statistics. */
  private static final int STATISTICS_BATCH = 96;

  private final Hyperparameters settings;
  private final LabelIndex labels;
  private final List<DatasetPhoto> photos;
  private final List<DatasetPhoto> mushrooms;
  private final Batches loader;
  private final boolean[] poisonous;
  private final ComputeDevice device;
  private final List<Teacher> teachers;

  /**
   * A finished network to learn from.
   *
   * @param network TorchScript with the same labels in the same order
   * @param temperature its logits are divided by this, as its calibration says
   */
  public record Teacher(Path network, double temperature) {}

  /**
   * @param photos to train on; those of anything but mushrooms teach the network to know nothing
   * @param poisonous for each label whether its toxicity counts as poisonous
   * @param teachers networks that the new one learns from beside the labels
   * @param device what networks are loaded on
   */
  public Training(
      Hyperparameters settings,
      LabelIndex labels,
      List<DatasetPhoto> photos,
      Batches loader,
      boolean[] poisonous,
      List<Teacher> teachers,
      ComputeDevice device) {
    this.settings = settings;
    this.labels = labels;
    this.photos = photos;
    this.mushrooms = photos.stream().filter(photo -> labels.indexOf(photo) >= 0).toList();
    this.loader = loader;
    this.poisonous = poisonous;
    this.teachers = List.copyOf(teachers);
    this.device = device;
  }

  /** Loads a network on this training's device. */
  public Network load(Path file) {
    return Network.load(file, device.device());
  }

  /**
   * Wraps the backbone with a head trained on its embeddings.
   *
   * @param work folder for intermediate files
   * @param target where the whole, not yet fine-tuned network goes
   */
  public void embeddingPhase(Path backbone, Path work, Path target, IntConsumer progress)
      throws IOException {
    int dimensions = embeddingSize(backbone);
    float[] none = new float[labels.size() * dimensions];
    Path untrained = work.resolve("untrained.pt");
    ClassifierScript.write(backbone, untrained, none, new float[labels.size()], settings.dropout());
    Outputs outputs;
    try (Network network = Network.load(untrained, device.device())) {
      outputs =
          Outputs.of(
              network, loader.plain(mushrooms, settings.batchSize()), mushrooms.size(), progress);
    }
    float[][] targets = new float[mushrooms.size()][labels.size()];
    for (int row = 0; row < targets.length; row++) {
      targets[row][labels.indexOf(mushrooms.get(row))] = 1;
    }
    try (var manager = ai.djl.ndarray.NDManager.newBaseManager(Device.cpu(), "PyTorch");
        HierarchicalLoss loss = loss(manager)) {
      LinearHead head =
          LinearHead.train(
              outputs.embeddings(), targets, loss, settings.headEpochs(), settings.seed());
      ClassifierScript.write(backbone, target, head.weight(), head.bias(), settings.dropout());
    }
  }

  /**
   * @param work folder for intermediate files
   */
  public FineTuner fineTuner(Network network, Path work, InstantSource clock) {
    HierarchicalLoss loss = loss(network.manager());
    Teachers taught =
        teachers.isEmpty()
            ? Teachers.NONE
            : new Teachers(teachers, device.device(), settings.distillation());
    return new FineTuner(network, settings, labels, photos, loader, loss, taught, work, clock);
  }

  /**
   * Averages the weights of networks that were fine-tuned from one start: as good as asking them
   * all, for the price of one (Wortsman et al., "Model soups", ICML 2022).
   *
   * @param networks TorchScript of one architecture and the same labels, at least one
   * @return the average, in memory, its BatchNorm statistics gathered anew
   */
  public Network average(List<Path> networks) {
    Network mean = Network.load(networks.get(0), device.device());
    JniUtils.setGradMode(false);
    for (int n = 1; n < networks.size(); n++) {
      try (Network next = Network.load(networks.get(n), device.device())) {
        mean.blend(next, 1f / (n + 1));
      }
    }
    int[] indices = photos.stream().mapToInt(photo -> Math.max(0, labels.indexOf(photo))).toArray();
    List<Integer> order = new Sampler(indices, labels.size(), 0, settings.seed()).epoch(0);
    List<DatasetPhoto> some = order.stream().map(photos::get).toList();
    int batchSize = Math.max(STATISTICS_BATCH, settings.batchSize());
    // Dropout draws while statistics are gathered: the same average must come out each time.
    Engine.getEngine("PyTorch").setRandomSeed(Long.hashCode(settings.seed()));
    BatchStatistics.gather(mean, some, loader, batchSize, () -> false);
    return mean;
  }

  private int embeddingSize(Path backbone) throws IOException {
    return EmbeddingProbe.size(backbone, settings.inputSize());
  }

  private HierarchicalLoss loss(ai.djl.ndarray.NDManager manager) {
    Map<String, Integer> genera = new HashMap<>();
    Map<String, String> genusOf = new HashMap<>();
    for (DatasetPhoto photo : mushrooms) {
      String genus = photo.genus();
      genusOf.put(photo.label(), genus == null ? photo.label() : genus);
    }
    int[] genusGroups = new int[labels.size()];
    int[] poisonGroups = new int[labels.size()];
    for (int i = 0; i < labels.size(); i++) {
      String label = labels.labels().get(i);
      String genus = genusOf.getOrDefault(label, label);
      genusGroups[i] = genera.computeIfAbsent(genus, unseen -> genera.size());
      poisonGroups[i] = poisonous[i] ? 1 : 0;
    }
    return new HierarchicalLoss(
        manager,
        labels.size(),
        List.of(
            new HierarchicalLoss.Grouping(settings.genusWeight(), genusGroups),
            new HierarchicalLoss.Grouping(settings.poisonWeight(), poisonGroups)));
  }
}
