package app.mushroom.trainer.runs;

import app.mushroom.storage.InvalidNameException;
import app.mushroom.storage.model.BundleManifest;
import app.mushroom.storage.model.BundleRejectedException;
import app.mushroom.storage.model.DatasetReference;
import app.mushroom.storage.model.ModelRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a published version has learned from: its own dataset version, and those of the versions
 * that it was averaged from or taught by, and so on back. A network knows its teachers' photos,
 * too.
 */
public final class Lineage {

  private final ModelRegistry registry;
  private final RunStore runs;

  public Lineage(ModelRegistry registry, RunStore runs) {
    this.registry = registry;
    this.runs = runs;
  }

  /**
   * @return the version's own dataset first; of versions made elsewhere, or whose ancestors were
   *     removed, what is known
   */
  public Set<DatasetReference> datasets(BundleManifest version) throws IOException {
    Set<DatasetReference> datasets = new LinkedHashSet<>();
    collect(version, new LinkedHashSet<>(), datasets);
    return datasets;
  }

  private void collect(BundleManifest version, Set<String> done, Set<DatasetReference> datasets)
      throws IOException {
    if (!done.add(version.name() + "/" + version.version())) {
      return;
    }
    datasets.add(version.dataset());
    Optional<RunParameters> parameters = parameters(version.run());
    if (parameters.isEmpty()) {
      return;
    }
    List<String> ancestors = new ArrayList<>(orNone(parameters.get().ingredients()));
    ancestors.addAll(orNone(parameters.get().teachers()));
    for (String ancestor : ancestors) {
      BundleManifest manifest;
      try {
        manifest = registry.manifest(parameters.get().model(), ancestor);
      } catch (BundleRejectedException e) {
        continue;
      }
      collect(manifest, done, datasets);
    }
  }

  private Optional<RunParameters> parameters(String run) throws IOException {
    try {
      return runs.read(run, "params.json", RunParameters.class);
    } catch (InvalidNameException e) {
      return Optional.empty(); // made elsewhere: no name that this store could hold a run under
    }
  }

  private static List<String> orNone(@Nullable List<String> versions) {
    return versions == null ? List.of() : versions;
  }
}
