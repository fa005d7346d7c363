package app.mushroom.trainer.publishing;

import app.mushroom.storage.JsonDocument;
import app.mushroom.vision.decision.Calibration;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.decision.Prior;
import app.mushroom.vision.photo.Photo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Fills a folder with the files of a model bundle, all but {@code bundle.json}. */
public final class BundleFolder {

  private BundleFolder() {}

  /**
   * @param prior what the dataset knows of places and dates; null for none
   * @param network the trained network as TorchScript, with outputs (logits, embedding)
   * @param answers what that very network answers to a photo, preprocessed as in serving
   */
  public static void fill(
      Path folder,
      Path network,
      LabelSet labels,
      Calibration calibration,
      @Nullable Prior prior,
      BundleMetrics metrics,
      String modelCard,
      Function<Photo, GoldenCases.Answer> answers)
      throws IOException {
    Files.createDirectories(folder);
    Files.copy(network, folder.resolve("model.pt"));
    Files.write(folder.resolve("labels.json"), labels.toJson());
    Files.write(folder.resolve("calibration.json"), calibration.toJson());
    if (prior != null) {
      Files.write(folder.resolve("prior.json"), prior.toJson());
    }
    Files.write(folder.resolve("metrics.json"), JsonDocument.write(metrics));
    // Compact: half a megabyte of digits otherwise.
    Files.write(
        folder.resolve("golden.json"),
        JsonDocument.mapper().writeValueAsBytes(GoldenCases.make(answers)));
    Files.writeString(folder.resolve("MODEL_CARD.md"), modelCard);
  }
}
