package app.mushroom.storage.model;

import java.util.Objects;

/**
 * A file of a bundle.
 *
 * @param name without folders
 * @param sha256 of its content, 64 hex digits
 * @param sizeBytes length of its content
 */
public record BundleFile(String name, String sha256, long sizeBytes) {
  public BundleFile {
    Objects.requireNonNull(name, "file without name");
    Objects.requireNonNull(sha256, "file without sha256");
  }
}
