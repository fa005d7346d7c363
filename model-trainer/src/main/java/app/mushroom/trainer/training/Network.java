package app.mushroom.trainer.training;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
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

  NDManager manager() {
    return manager;
  }

  /** Writes the module in eval mode, so that whoever loads it starts in eval mode. */
  public void save(Path file) throws IOException {
    setTraining(false);
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      JniUtils.writeModule(block, out, false);
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
