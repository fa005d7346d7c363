package app.mushroom.storage;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Opens the store that a setting names. */
public final class ObjectStores {
  private static final Pattern SCHEME =
      Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);
  private static final String EXPECTED =
      "gs://bucket, gs://bucket/prefix, the path of a folder, or a file: URI";

  private ObjectStores() {}

  /**
   * Opens a store. Nothing is asked of a bucket yet, and a folder is created by the first write.
   *
   * @param location {@code gs://bucket[/prefix]}, the path of a folder, or a {@code file:} URI
   * @throws InvalidNameException if the location is none of these
   * @throws ObjectStoreException if no credentials for Google Cloud are found
   */
  public static ObjectStore open(String location) throws IOException {
    if (location.startsWith("gs://")) {
      return GcsObjectStore.open(location, System.getenv());
    }
    return new LocalObjectStore(folder(location));
  }

  private static Path folder(String location) {
    boolean isFileUri = location.startsWith("file:");
    if (location.isBlank() || (!isFileUri && SCHEME.matcher(location).matches())) {
      throw new InvalidNameException("store location", location, EXPECTED);
    }
    try {
      return isFileUri ? Path.of(URI.create(location)) : Path.of(location);
    } catch (InvalidPathException e) {
      throw new InvalidNameException("store location", location, EXPECTED);
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      throw new InvalidNameException(
          "store location", location, "a file: URI such as file:///srv/store");
    }
  }
}
