package app.mushroom.trainer.publishing;

import app.mushroom.trainer.onnx.NoTwinException;
import app.mushroom.trainer.onnx.OnnxTwin;
import app.mushroom.trainer.training.TwinNetwork;
import app.mushroom.vision.Preprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Adds the twin in ONNX to a bundle's folder, if there can be one that answers the same. */
public final class Twin {
  /** Its file in the bundle. */
  public static final String FILE = "model.onnx";

  /** Largest difference of any logit or embedding value from what the network itself answers. */
  private static final double TOLERANCE = 1e-4;

  private Twin() {}

  /**
   * @param folder holds {@code model.pt} and {@code golden.json}
   * @return why there is none; empty if there is one now
   * @throws IOException if what is left of one cannot be removed
   */
  public static Optional<String> add(Path folder, Preprocessing preprocessing) throws IOException {
    Path file = folder.resolve(FILE);
    try {
      OnnxTwin.write(folder.resolve("model.pt"), file, preprocessing.size());
      GoldenCases.Document golden = GoldenCases.read(folder.resolve("golden.json"));
      try (TwinNetwork twin = TwinNetwork.open(file)) {
        GoldenCases.require(golden, preprocessing, TOLERANCE, twin::outputs);
      }
      return Optional.empty();
    } catch (NoTwinException | IOException e) {
      return without(file, String.valueOf(e.getMessage()));
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      // What a stranger's backbone may hold must not cost a finished training its publication.
      return without(file, e.toString());
    }
  }

  private static Optional<String> without(Path file, String why) throws IOException {
    Files.deleteIfExists(file);
    return Optional.of(why);
  }
}
