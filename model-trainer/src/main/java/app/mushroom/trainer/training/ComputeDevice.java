package app.mushroom.trainer.training;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import java.util.function.BooleanSupplier;

/** What a network computes on: the processor, or the first GPU that CUDA shows. */
public final class ComputeDevice {

  private final Device device;

  private ComputeDevice(Device device) {
    this.device = device;
  }

  /**
   * @param wanted {@code cpu}, {@code gpu} or {@code auto}, which is a GPU where there is one
   * @throws IllegalArgumentException if it is none of these, or a GPU is wanted and there is none
   */
  public static ComputeDevice of(String wanted) {
    // The engine's own count also needs JNA, which cannot unpack itself where /tmp is noexec, and
    // says zero then.
    return choose(
        wanted, () -> Engine.getEngine("PyTorch").hasCapability(StandardCapabilities.CUDA));
  }

  static ComputeDevice choose(String wanted, BooleanSupplier gpu) {
    return switch (wanted) {
      case "cpu" -> new ComputeDevice(Device.cpu());
      case "auto" -> new ComputeDevice(gpu.getAsBoolean() ? Device.gpu(0) : Device.cpu());
      case "gpu" -> {
        if (!gpu.getAsBoolean()) {
          throw new IllegalArgumentException(
              "Expected a GPU, as --device gpu asks for one, but PyTorch sees none. Check that"
                  + " nvidia-smi lists one, and start the GPU image (docs/gpu.md); or take --device"
                  + " auto, which uses the processor where there is no GPU.");
        }
        yield new ComputeDevice(Device.gpu(0));
      }
      default ->
          throw new IllegalArgumentException(
              "Expected --device cpu, gpu or auto, found " + wanted + ".");
    };
  }

  /**
   * How many threads should prepare photos so that the network need not wait: beside a GPU all
   * processors are free for it, else a few suffice, since the network itself takes longer.
   *
   * @param processors of this machine
   */
  public int loaderThreads(int processors) {
    return Math.max(2, device.isGpu() ? processors : processors / 4);
  }

  Device device() {
    return device;
  }

  /** {@code cpu} or {@code gpu0}. */
  @Override
  public String toString() {
    return device.isGpu() ? "gpu" + device.getDeviceId() : "cpu";
  }
}
