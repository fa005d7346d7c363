package app.mushroom.trainer.training;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class MemoryExhaustedExceptionTest {

  @Test
  void findsJavasOwnBehindOtherFailures() {
    Throwable failure =
        new IllegalStateException(
            "A batch could not be prepared",
            new ExecutionException(new OutOfMemoryError("Java heap space")));
    assertThat(MemoryExhaustedException.behind(failure))
        .hasValueSatisfying(
            found ->
                assertThat(found)
                    .hasMessageContainingAll("Java", "heap space", "-Xmx", "--batch-size")
                    .hasCause(failure));
  }

  @Test
  void findsTheMachinesAndTheGpus() {
    assertThat(
            MemoryExhaustedException.behind(
                new EngineException(
                    "The following operation failed in the interpreter.\n[enforce fail at alloc_cpu.cpp:115] . DefaultCPUAllocator: can't allocate"
                        + " memory: you tried to allocate 4096 bytes.\nException raised from")))
        .hasValueSatisfying(
            found ->
                assertThat(found)
                    .hasMessageContainingAll("The machine", "4096 bytes", "--batch-size")
                    .hasMessageNotContaining("raised from")
                    .hasMessageNotContaining("interpreter"));
    assertThat(
            MemoryExhaustedException.behind(
                new EngineException("CUDA out of memory. Tried to allocate 2.00 GiB.")))
        .hasValueSatisfying(found -> assertThat(found).hasMessageContaining("The GPU"));
  }

  @Test
  void findsNothingInOtherFailures() {
    assertThat(MemoryExhaustedException.behind(new EngineException("no such operator"))).isEmpty();
    assertThat(MemoryExhaustedException.behind(new IllegalStateException("x"))).isEmpty();
    assertThat(MemoryExhaustedException.behind(new EngineException((String) null))).isEmpty();
  }
}
