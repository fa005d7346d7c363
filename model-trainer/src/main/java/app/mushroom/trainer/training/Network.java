package app.mushroom.trainer.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.util.Pair;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * One TorchScript module held by the engine. All calls come from one thread.
 *
 * <p>The module's train/eval switch is driven here and nowhere else: DJL's block only flips it when
 * its own flag changes, which leaves the first training pass after loading in eval mode.
 */
public final class Network implements AutoCloseable {

  private final NDManager manager;
  private final PtSymbolBlock block;
  private final Map<String, NDArray> parameters = new LinkedHashMap<>();
  private boolean training;

  private Network(NDManager manager, PtSymbolBlock block) {
    this.manager = manager;
    this.block = block;
    for (Pair<String, Parameter> pair : block.getDirectParameters()) {
      parameters.put(pair.getKey(), pair.getValue().getArray());
    }
  }

  /** Loads a module, on {@code device}, in eval mode. */
  static Network load(Path file, Device device) {
    NDManager manager = NDManager.newBaseManager(device, "PyTorch");
    // The optimiser watches a module's first pass and then computes it in another order, so that a
    // run which loads a checkpoint would differ in the last bits from one that never stopped. The
    // setting belongs to the thread.
    JniUtils.setGraphExecutorOptimize(false);
    // The last argument keeps tensors trainable: without it they load as inference tensors.
    PtSymbolBlock block =
        JniUtils.loadModule((PtNDManager) manager, file, true, new String[0], new String[0], true);
    Network network = new Network(manager, block);
    JniUtils.enableInferenceMode(block);
    return network;
  }

  /** Loads a module on the CPU, in eval mode. */
  public static Network load(Path file) {
    return load(file, Device.cpu());
  }

  /** Outputs with gradients recorded; BatchNorm uses and updates batch statistics. */
  NDList train(NDArray batch) {
    setTraining(true);
    return IValueUtils.forward(block, new NDList(batch), true);
  }

  /** Outputs without gradients; BatchNorm uses its running statistics. */
  NDList infer(NDArray batch) {
    setTraining(false);
    return IValueUtils.forward(block, new NDList(batch), false);
  }

  /** As {@link #infer(NDArray)}, by another method of the module than {@code forward}. */
  NDList infer(String method, NDArray batch) {
    setTraining(false);
    try (NDArray call = batch.getManager().create(0f)) {
      // The engine takes a method's name from the name of an extra input.
      call.setName("module_method:" + method);
      return IValueUtils.forward(block, new NDList(batch, call), false);
    }
  }

  /**
   * Trainable tensors by name, in the order of the module tree (stem first, head last). BatchNorm's
   * running statistics are buffers, which the engine does not hand out.
   */
  Map<String, NDArray> parameters() {
    return parameters;
  }

  /** How many numbers training changes. */
  public long trainableParameters() {
    return parameters.values().stream().mapToLong(NDArray::size).sum();
  }

  /**
   * Moves every trainable tensor towards another network's.
   *
   * @param share of the other network in the result, in [0, 1]
   * @throws IllegalArgumentException if the other network is built differently
   */
  void blend(Network other, float share) {
    if (!shapes().equals(other.shapes())) {
      throw new IllegalArgumentException(
          "Expected networks of one architecture and as many labels to average, found "
              + differences(shapes(), other.shapes()));
    }
    try (NDArray theirShare = manager.create(share);
        NDArray myShare = manager.create(1 - share)) {
      parameters.forEach(
          (name, mine) -> {
            NDArray weights = Objects.requireNonNull(other.parameters.get(name));
            try (NDArray theirs = weights.mul(theirShare)) {
              mine.muli(myShare);
              mine.addi(theirs);
            }
          });
    }
  }

  private Map<String, Shape> shapes() {
    Map<String, Shape> shapes = new LinkedHashMap<>();
    parameters.forEach((name, array) -> shapes.put(name, array.getShape()));
    return shapes;
  }

  private static String differences(Map<String, Shape> mine, Map<String, Shape> theirs) {
    return mine.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(theirs.get(entry.getKey())))
        .map(entry -> entry + " against " + theirs.get(entry.getKey()))
        .findFirst()
        .orElse(mine.size() + " against " + theirs.size() + " tensors");
  }

  NDManager manager() {
    return manager;
  }

  /**
   * Writes the module in eval mode and on the processor, so that whoever loads it starts in eval
   * mode and needs no GPU.
   */
  public void save(Path file) throws IOException {
    setTraining(false);
    if (!manager.getDevice().isGpu()) {
      write(file);
      return;
    }
    // A saved tensor names its device. Loading moves the module, and saving it again writes that.
    Path onGpu = Files.createTempFile("network", ".pt");
    try {
      write(onGpu);
      try (Network onProcessor = load(onGpu)) {
        onProcessor.save(file);
      }
    } finally {
      Files.delete(onGpu);
    }
  }

  private void write(Path file) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      JniUtils.writeModule(block, out, false);
    } catch (IOException e) {
      throw new IOException("Could not write " + file + ": " + e.getMessage() + ".", e);
    }
  }

  private void setTraining(boolean wanted) {
    if (training != wanted) {
      training = wanted;
      if (wanted) {
        JniUtils.enableTrainingMode(block);
      } else {
        JniUtils.enableInferenceMode(block);
      }
    }
  }

  @Override
  public void close() {
    block.close();
    manager.close();
  }
}
