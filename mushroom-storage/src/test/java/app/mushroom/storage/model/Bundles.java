package app.mushroom.storage.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Bundles for tests: small files with the names of real ones. */
final class Bundles {
  static final String MODEL = "mushrooms";
  static final List<String> FILES =
      List.of("MODEL_CARD.md", "calibration.json", "labels.json", "metrics.json", "model.pt");

  private Bundles() {}

  static BundleManifest draft() {
    return draft(MODEL);
  }

  static BundleManifest draft(String model) {
    return new BundleManifest(
        1,
        model,
        "draft",
        "efficientnetv2-b0",
        new ImageInput(224, 236, List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225)),
        List.of("logits", "embedding"),
        1280,
        new DatasetReference("mushrooms", 1, "0".repeat(64)),
        "20261121-101500-ab12",
        Instant.parse("2026-11-21T10:15:00Z"),
        List.of());
  }

  /** A folder with every file of a bundle; the content tells one bundle from another. */
  static Path folder(Path parent, String content) throws IOException {
    Path folder = Files.createTempDirectory(parent, "bundle");
    for (String name : FILES) {
      Files.writeString(folder.resolve(name), content + " of " + name);
    }
    return folder;
  }
}
