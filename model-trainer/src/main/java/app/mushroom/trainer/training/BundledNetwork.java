package app.mushroom.trainer.training;

import ai.djl.engine.EngineException;
import app.mushroom.trainer.dataset.Batch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.IntConsumer;

/** The network of a bundle from anywhere: whatever is wrong with it is an {@link IOException}. */
public final class BundledNetwork implements AutoCloseable {

  private final Path file;
  private final Network network;

  private BundledNetwork(Path file, Network network) {
    this.file = file;
    this.network = network;
  }

  /**
   * Loads {@code model.pt} on the CPU.
   *
   * @throws IOException if the engine cannot load the file
   */
  public static BundledNetwork open(Path file) throws IOException {
    try {
      return new BundledNetwork(file, Network.load(file));
    } catch (EngineException e) {
      throw new IOException(
          "Expected " + file.getFileName() + " to be a TorchScript module, found: " + firstLine(e),
          e);
    }
  }

  /**
   * @param photos how many photos the batches hold
   * @param progress told the number of photos done
   * @throws IOException if the network does not answer with (logits, embedding)
   */
  public Outputs outputs(Iterator<Batch> batches, int photos, IntConsumer progress)
      throws IOException {
    try {
      return Outputs.of(network, batches, photos, progress);
    } catch (EngineException | IndexOutOfBoundsException e) {
      throw new IOException(
          "Expected "
              + file.getFileName()
              + " to answer a batch with (logits, embedding), found: "
              + firstLine(e),
          e);
    }
  }

  private static String firstLine(RuntimeException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no message");
  }

  @Override
  public void close() {
    network.close();
  }
}
