package app.mushroom.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import org.junit.jupiter.api.Test;

class ComputeDeviceTest {

  @Test
  void autoTakesTheGpuWhereThereIsOne() {
    ComputeDevice chosen = ComputeDevice.choose("auto", () -> true);
    assertThat(chosen.device()).isEqualTo(Device.gpu(0));
    assertThat(chosen).hasToString("gpu0");
  }

  @Test
  void autoTakesTheProcessorWhereThereIsNoGpu() {
    ComputeDevice chosen = ComputeDevice.choose("auto", () -> false);
    assertThat(chosen.device()).isEqualTo(Device.cpu());
    assertThat(chosen).hasToString("cpu");
  }

  @Test
  void cpuDoesNotEvenLookForAGpu() {
    ComputeDevice chosen =
        ComputeDevice.choose(
            "cpu",
            () -> {
              throw new AssertionError("asked for a GPU");
            });
    assertThat(chosen.device()).isEqualTo(Device.cpu());
  }

  @Test
  void gpuIsTheFirstOne() {
    assertThat(ComputeDevice.choose("gpu", () -> true).device()).isEqualTo(Device.gpu(0));
  }

  @Test
  void gpuWithoutOneSaysWhatToDo() {
    assertThatThrownBy(() -> ComputeDevice.choose("gpu", () -> false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nvidia-smi")
        .hasMessageContaining("docs/gpu.md")
        .hasMessageContaining("--device auto");
  }

  @Test
  void anythingElseIsRefused() {
    assertThatThrownBy(() -> ComputeDevice.choose("tpu", () -> true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Expected --device cpu, gpu or auto, found tpu.");
  }

  @Test
  void asksTheEngineOfThisMachine() {
    String expected = ComputeDevice.of("auto").device().isGpu() ? "gpu0" : "cpu";
    assertThat(ComputeDevice.of("auto")).hasToString(expected);
  }

  @Test
  void allProcessorsFeedAGpuButOnlyAFewTheProcessorItself() {
    ComputeDevice gpu = ComputeDevice.choose("gpu", () -> true);
    ComputeDevice cpu = ComputeDevice.choose("cpu", () -> false);
    assertThat(gpu.loaderThreads(1)).isEqualTo(2);
    assertThat(gpu.loaderThreads(8)).isEqualTo(8);
    assertThat(cpu.loaderThreads(2)).isEqualTo(2);
    assertThat(cpu.loaderThreads(16)).isEqualTo(4);
  }
}
