package app.mushroom.storage.model;

import java.util.Objects;

/**
 * The dataset version a model learned from.
 *
 * @param name of the dataset
 * @param version its number
 * @param manifestSha256 hash of its manifest
 */
public record DatasetReference(String name, int version, String manifestSha256) {
  public DatasetReference {
    Objects.requireNonNull(name, "dataset without name");
    Objects.requireNonNull(manifestSha256, "dataset without manifestSha256");
  }
}
