package app.mushroom.trainer.dataset;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.vision.Preprocessing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Decodes and prepares batches on a few threads ahead of the network. What a batch holds depends on
 * seed, epoch and position only, never on the threads.
 */
public final class BatchLoader implements Batches, AutoCloseable {

  private final PhotoSource source;
  private final LabelIndex labels;
  private final Preprocessing preprocessing;
  private final ExecutorService executor;
  private final int ahead;

  public BatchLoader(
      PhotoSource source, LabelIndex labels, Preprocessing preprocessing, int threads) {
    this.source = source;
    this.labels = labels;
    this.preprocessing = preprocessing;
    this.ahead = threads + 2;
    this.executor =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "batch-loader");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** How a training batch is made. */
  public record TrainingView(
      int size, int batchSize, double smoothing, Augmentation augmentation, Mixing mixing) {}

  @Override
  public Iterator<Batch> training(
      List<DatasetPhoto> photos, List<Integer> order, TrainingView view, long seed, int first) {
    int batches = order.size() / view.batchSize();
    return new Ahead(
        first,
        batches,
        index -> {
          int from = index * view.batchSize();
          SplittableRandom random = new SplittableRandom(seed * 1_000_003 + index);
          float[][] pixels = new float[view.batchSize()][];
          float[][] targets = new float[view.batchSize()][];
          for (int i = 0; i < view.batchSize(); i++) {
            DatasetPhoto photo = photos.get(order.get(from + i));
            pixels[i] = view.augmentation().view(source.read(photo), view.size(), random);
            targets[i] = target(labels.indexOf(photo), view.smoothing());
          }
          view.mixing().apply(pixels, targets, view.size(), random);
          return new Batch(join(pixels, view.size()), targets, view.batchSize(), view.size());
        });
  }

  @Override
  public Iterator<Batch> plain(List<DatasetPhoto> photos, int batchSize) {
    int plane = 3 * preprocessing.size() * preprocessing.size();
    return new Ahead(
        0,
        (photos.size() + batchSize - 1) / batchSize,
        index -> {
          int from = index * batchSize;
          int count = Math.min(batchSize, photos.size() - from);
          float[] pixels = new float[count * plane];
          for (int i = 0; i < count; i++) {
            float[] tensor = preprocessing.toTensor(source.read(photos.get(from + i)));
            System.arraycopy(tensor, 0, pixels, i * plane, plane);
          }
          return new Batch(pixels, new float[0][], count, preprocessing.size());
        });
  }

  /**
   * Photos of anything but mushrooms should look like no label rather than another: all labels are
   * equally likely (outlier exposure: Hendrycks, Mazeika and Dietterich, ICLR 2019).
   */
  private float[] target(int label, double smoothing) {
    float[] target = new float[labels.size()];
    if (label < 0) {
      java.util.Arrays.fill(target, 1f / labels.size());
      return target;
    }
    java.util.Arrays.fill(target, (float) (smoothing / labels.size()));
    target[label] += (float) (1 - smoothing);
    return target;
  }

  private float[] join(float[][] views, int size) {
    int length = 3 * size * size;
    float[] joined = new float[views.length * length];
    for (int n = 0; n < views.length; n++) {
      System.arraycopy(preprocessing.normalise(views[n]), 0, joined, n * length, length);
    }
    return joined;
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  private interface BatchMaker {
    Batch make(int index) throws IOException;
  }

  private final class Ahead implements Iterator<Batch> {

    private final int batches;
    private final BatchMaker maker;
    private final Queue<Future<Batch>> pending = new ArrayDeque<>();
    private int submitted;
    private int taken;

    Ahead(int first, int batches, BatchMaker maker) {
      this.submitted = first;
      this.taken = first;
      this.batches = batches;
      this.maker = maker;
    }

    @Override
    public boolean hasNext() {
      return taken < batches;
    }

    @Override
    public Batch next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      while (submitted < batches && pending.size() < ahead) {
        int index = submitted++;
        pending.add(executor.submit(() -> maker.make(index)));
      }
      taken++;
      try {
        return pending.remove().get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UncheckedIOException(new IOException("interrupted while loading photos", e));
      } catch (ExecutionException e) {
        if (e.getCause() instanceof IOException cause) {
          throw new UncheckedIOException(cause);
        }
        throw new IllegalStateException("A batch could not be prepared", e.getCause());
      }
    }
  }
}
