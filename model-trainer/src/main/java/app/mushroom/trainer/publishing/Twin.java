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

  /** Largest difference of any output from what the network itself answers. */
  private static final double TOLERANCE = 1e-4;

  private Twin() {}

  /**
   * @param folder holds {@code model.pt} and {@code golden.json}
   * @return why there is none; empty if there is one now
   */
  public static Optional<String> add(Path folder, Preprocessing preprocessing) throws IOException {
    Path file = folder.resolve(FILE);
    try {
      OnnxTwin.write(folder.resolve("model.pt"), file, preprocessing.size());
    } catch (NoTwinException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
    try (TwinNetwork twin = TwinNetwork.open(file)) {
      GoldenCases.require(
          GoldenCases.read(folder.resolve("golden.json")), preprocessing, TOLERANCE, twin::outputs);
      return Optional.empty();
    } catch (IOException e) {
      Files.delete(file);
      return Optional.of("it answers otherwise: " + e.getMessage());
    }
  }
}
