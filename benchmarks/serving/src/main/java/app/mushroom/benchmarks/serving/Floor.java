package app.mushroom.benchmarks.serving;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.Batchifier;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import app.mushroom.vision.Preprocessing;
import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.photo.PhotoRejectedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What serving would cost without a server: reduced decoding, preprocessing and a forward pass of
 * the same network with one thread, in a process that does nothing else.
 */
final class Floor implements AutoCloseable {
  private final Model model;
  private final Predictor<float[], float[]> forward;
  private final PhotoDecoder decoder = new PhotoDecoder();
  private final Preprocessing preprocessing;

  private Floor(Model model, Preprocessing preprocessing) {
    this.model = model;
    this.forward = model.newPredictor(new Call(preprocessing.size()));
    this.preprocessing = preprocessing;
  }

  static Floor open(Path network, Preprocessing preprocessing) throws IOException {
    boolean onnx = network.toString().endsWith(".onnx");
    Model model = Model.newInstance("floor", Device.cpu(), onnx ? "OnnxRuntime" : "PyTorch");
    try {
      model.load(
          network,
          null,
          onnx ? Map.of("intraOpNumThreads", "1", "interOpNumThreads", "1") : Map.of());
    } catch (MalformedModelException e) {
      throw new IOException("The network cannot be loaded: " + network, e);
    }
    return new Floor(model, preprocessing);
  }

  /** Answers of one thread a second. */
  float[] look(byte[] file) throws IOException {
    try {
      Photo photo = decoder.decode(file, 2 * preprocessing.resizeShortSide());
      return forward.predict(preprocessing.toTensor(photo));
    } catch (PhotoRejectedException | TranslateException e) {
      throw new IOException("A photo of the benchmark cannot be looked at", e);
    }
  }

  /**
   * @return photos a second, of all threads
   */
  double run(List<byte[]> files, int threads, double seconds)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    long end = begin + (long) (seconds * 1e9);
    int[] counts = new int[threads];
    IOException[] failure = new IOException[1];
    Thread[] running = new Thread[threads];
    for (int t = 0; t < threads; t++) {
      int thread = t;
      running[t] =
          new Thread(
              () -> {
                try {
                  for (int i = 3 * thread; System.nanoTime() < end; i++) {
                    look(files.get(i % files.size()));
                    counts[thread]++;
                  }
                } catch (IOException e) {
                  failure[0] = e;
                }
              });
      running[t].start();
    }
    int all = 0;
    for (int t = 0; t < threads; t++) {
      running[t].join();
      all += counts[t];
    }
    if (failure[0] != null) {
      throw failure[0];
    }
    return all / ((System.nanoTime() - begin) / 1e9);
  }

  @Override
  public void close() {
    forward.close();
    model.close();
  }

  private record Call(int size) implements Translator<float[], float[]> {

    @Override
    public NDList processInput(TranslatorContext context, float[] tensor) {
      return new NDList(context.getNDManager().create(tensor, new Shape(1, 3, size, size)));
    }

    @Override
    public float[] processOutput(TranslatorContext context, NDList outputs) {
      return outputs.get(0).toFloatArray();
    }

    @Override
    public @Nullable Batchifier getBatchifier() {
      return null;
    }
  }
}
