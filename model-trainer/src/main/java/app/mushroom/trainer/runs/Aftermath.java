package app.mushroom.trainer.runs;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.Split;
import app.mushroom.storage.model.BundleManifest;
import app.mushroom.storage.model.BundleRejectedException;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.storage.model.VerifiedBundle;
import app.mushroom.trainer.dataset.PhotoSource;
import app.mushroom.trainer.publishing.BundleMetrics;
import app.mushroom.trainer.runs.BundleEvaluation.UnknownLabels;
import app.mushroom.trainer.runs.ModelPublication.Examined;
import app.mushroom.trainer.runs.ModelPublication.Published;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * A version that its run published before it was killed: which one it is, and what the report needs
 * to know of it. Whatever comes after publishing can so be done without publishing twice.
 */
final class Aftermath {

  private final ModelRegistry registry;
  private final RunParameters parameters;

  Aftermath(ModelRegistry registry, RunParameters parameters) {
    this.registry = registry;
    this.parameters = parameters;
  }

  /** The newest version that says it came of this run. */
  Optional<String> version() throws IOException {
    List<String> newestFirst = new ArrayList<>(registry.versions(parameters.model()));
    Collections.reverse(newestFirst);
    for (String version : newestFirst) {
      try {
        if (registry.manifest(parameters.model(), version).run().equals(parameters.run())) {
          return Optional.of(version);
        }
      } catch (BundleRejectedException e) {
        continue; // unreadable, so nothing to go on from
      }
    }
    return Optional.empty();
  }

  /** What the version says of itself. */
  Published published(String version) throws IOException {
    BundleManifest manifest = registry.manifest(parameters.model(), version);
    byte[] metrics = registry.file(parameters.model(), version, "metrics.json");
    return new Published(manifest, JsonDocument.read(metrics, BundleMetrics.class, "metrics.json"));
  }

  /**
   * Measures the version once more. One that cannot be measured is said, and stops nothing.
   *
   * @param work where its bundle goes
   */
  Optional<Examined> examine(
      Published published,
      Material material,
      SpeciesCatalogue catalogue,
      Console console,
      Path work) {
    try {
      BundleManifest manifest = published.manifest();
      VerifiedBundle bundle =
          registry.fetch(manifest.name(), manifest.version(), work.resolve("published"));
      BundleEvaluation evaluation = new BundleEvaluation(bundle, catalogue, console);
      PhotoSource source = material.source();
      return Optional.of(
          new Examined(
              published,
              evaluation.examine(source, of(material, Split.VAL), UnknownLabels.FAIL),
              evaluation.examine(source, of(material, Split.TEST), UnknownLabels.FAIL),
              bundle.file("model.pt")));
    } catch (IOException | RuntimeException e) {
      console.say("The report could not be made: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static List<DatasetPhoto> of(Material material, Split split) {
    return material.readable().stream().filter(photo -> photo.split() == split).toList();
  }
}
