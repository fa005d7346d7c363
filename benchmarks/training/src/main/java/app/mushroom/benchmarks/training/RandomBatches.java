package app.mushroom.benchmarks.training;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import app.mushroom.trainer.dataset.Batch;
import app.mushroom.trainer.dataset.BatchLoader.TrainingView;
import app.mushroom.trainer.dataset.Batches;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/** The same two batches of noise again and again, so that no decoding is measured. */
final class RandomBatches implements Batches {

  private final List<Batch> batches = new ArrayList<>();

  RandomBatches(int labels, int count, int size) {
    Random random = new Random(1);
    for (int i = 0; i < 2; i++) {
      float[] pixels = new float[count * 3 * size * size];
      for (int p = 0; p < pixels.length; p++) {
        pixels[p] = (float) random.nextGaussian();
      }
      float[][] targets = new float[count][labels];
      for (float[] target : targets) {
        java.util.Arrays.fill(target, 0.1f / labels);
        target[random.nextInt(labels)] += 0.9f;
      }
      batches.add(new Batch(pixels, targets, count, size));
    }
  }

  @Override
  public Iterator<Batch> training(
      List<DatasetPhoto> photos, List<Integer> order, TrainingView view, long seed, int first) {
    return repeated(order.size() / view.batchSize());
  }

  @Override
  public Iterator<Batch> plain(List<DatasetPhoto> photos, int batchSize) {
    return repeated(photos.size() / batchSize);
  }

  private Iterator<Batch> repeated(int times) {
    return java.util.stream.IntStream.range(0, times)
        .mapToObj(i -> batches.get(i % batches.size()))
        .iterator();
  }

  /** Photos that exist by name only, {@code perLabel} of each label, five labels to a genus. */
  static List<DatasetPhoto> photos(int labels, int perLabel) {
    List<DatasetPhoto> photos = new ArrayList<>();
    for (int label = 0; label < labels; label++) {
      String genus = "genus" + label / 5;
      String name = genus + "_species" + label;
      for (int i = 0; i < perLabel; i++) {
        String sha256 = String.format("%064x", (long) label * perLabel + i);
        photos.add(
            new DatasetPhoto(
                sha256,
                name,
                LabelRank.SPECIES,
                name,
                genus,
                Split.TRAIN,
                sha256,
                null,
                1,
                1,
                1,
                "benchmark",
                null,
                "unknown",
                null));
      }
    }
    return photos;
  }
}
