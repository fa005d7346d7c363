package app.mushroom.storage.model;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What {@code bundle.json} says of a model bundle.
 *
 * @param schemaVersion 1
 * @param name of the model
 * @param version "1", "2", … or "starter"
 * @param architecture of the network
 * @param input what the network wants to see
 * @param outputs of the network, in order
 * @param embeddingSize length of the embedding
 * @param dataset what it learned from
 * @param run that trained it
 * @param created when it was published
 * @param files everything the bundle consists of besides {@code bundle.json}
 */
public record BundleManifest(
    int schemaVersion,
    String name,
    String version,
    String architecture,
    ImageInput input,
    List<String> outputs,
    int embeddingSize,
    DatasetReference dataset,
    String run,
    Instant created,
    List<BundleFile> files) {
  public BundleManifest {
    Objects.requireNonNull(name, "bundle without name");
    Objects.requireNonNull(version, "bundle without version");
    Objects.requireNonNull(architecture, "bundle without architecture");
    Objects.requireNonNull(input, "bundle without input");
    outputs = List.copyOf(Objects.requireNonNull(outputs, "bundle without outputs"));
    Objects.requireNonNull(dataset, "bundle without dataset");
    Objects.requireNonNull(run, "bundle without run");
    Objects.requireNonNull(created, "bundle without created");
    files = List.copyOf(Objects.requireNonNull(files, "bundle without files"));
  }

  /** The same, as this version with these files. */
  BundleManifest with(String newVersion, List<BundleFile> newFiles) {
    return new BundleManifest(
        schemaVersion,
        name,
        newVersion,
        architecture,
        input,
        outputs,
        embeddingSize,
        dataset,
        run,
        created,
        newFiles);
  }
}
