package app.mushroom.trainer.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.pytorch.jni.JniUtils;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Exponential moving average of the weights, which generalises better than the last step's (Polyak
 * averaging; Tarvainen and Valpola, "Mean teachers", NeurIPS 2017). Early on it averages over the
 * steps there are, so that it never remembers the start for long.
 */
final class WeightAverage implements AutoCloseable {

  private record Slot(NDArray live, NDArray mean) {}

  private final NDManager manager;
  private final List<Slot> slots = new ArrayList<>();
  private final Map<String, NDArray> means = new LinkedHashMap<>();
  private final List<NDArray> parked = new ArrayList<>();
  private final double decay;
  private long updates;

  WeightAverage(NDManager parent, Map<String, NDArray> live, double decay) {
    this.manager = parent.newSubManager();
    this.decay = decay;
    JniUtils.setGradMode(false);
    live.forEach(
        (name, array) -> {
          NDArray mean = copy(array);
          means.put(name, mean);
          slots.add(new Slot(array, mean));
        });
  }

  void update() {
    updates++;
    float keep = (float) Math.min(decay, updates / (updates + 9.0));
    try (NDManager scope = manager.newSubManager()) {
      NDArray kept = scope.create(keep);
      NDArray added = scope.create(1 - keep);
      for (Slot slot : slots) {
        try (NDArray share = slot.live().mul(added)) {
          slot.mean().muli(kept);
          slot.mean().addi(share);
        }
      }
    }
  }

  /** Puts the average into the live tensors until {@link #restore}. */
  void apply() {
    JniUtils.setGradMode(false);
    for (Slot slot : slots) {
      parked.add(copy(slot.live()));
      assign(slot.live(), slot.mean());
    }
  }

  void restore() {
    JniUtils.setGradMode(false);
    for (int i = 0; i < slots.size(); i++) {
      assign(slots.get(i).live(), parked.get(i));
      parked.get(i).close();
    }
    parked.clear();
  }

  /** In place and on the device. {@code copyTo} goes through Java's memory and leaves it there. */
  private static void assign(NDArray target, NDArray values) {
    target.set(new NDIndex("..."), values);
  }

  private NDArray copy(NDArray array) {
    NDArray copy = array.duplicate();
    copy.attach(manager);
    copy.setRequiresGradient(false);
    return copy;
  }

  void save(DataOutputStream out) throws IOException {
    out.writeLong(updates);
    AdamW.Tensors.write(out, means);
  }

  void load(DataInputStream in) throws IOException {
    updates = in.readLong();
    AdamW.Tensors.read(in, means);
  }

  @Override
  public void close() {
    manager.close();
  }
}
