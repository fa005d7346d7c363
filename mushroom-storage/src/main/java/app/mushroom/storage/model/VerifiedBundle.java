package app.mushroom.storage.model;

import java.nio.file.Path;

/** A bundle in a folder of its own, every file of it as {@code bundle.json} says. */
public record VerifiedBundle(BundleManifest manifest, Path folder) {

  /**
   * The path of a file.
   *
   * @throws IllegalArgumentException if the bundle does not name it
   */
  public Path file(String name) {
    if (!has(name)) {
      throw new IllegalArgumentException(
          "Expected one of the files %s of bundle %s version %s, found \"%s\"."
              .formatted(
                  manifest.files().stream().map(BundleFile::name).toList(),
                  manifest.name(),
                  manifest.version(),
                  name));
    }
    return folder.resolve(name);
  }

  public boolean has(String name) {
    return manifest.files().stream().anyMatch(file -> file.name().equals(name));
  }
}
