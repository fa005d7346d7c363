package app.mushroom.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The folder of a {@link LocalObjectStore}: which file a key is, and where the store keeps its own.
 *
 * @param path the real path, without symbolic links
 */
record LocalFolder(Path path) {
  private static final String HIDDEN = ".mushroom";

  /** The folder, if it is there. */
  static Optional<LocalFolder> existing(Path folder) throws IOException {
    try {
      Path real = folder.toRealPath();
      if (!Files.isDirectory(real)) {
        throw notAFolder(folder);
      }
      return Optional.of(new LocalFolder(real));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** The folder and its hidden part, created where they are missing. */
  static LocalFolder create(Path folder) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw notAFolder(folder);
    }
    LocalFolder root = new LocalFolder(folder.toRealPath());
    Files.createDirectories(root.locks());
    Files.createDirectories(root.staging());
    return root;
  }

  private static ObjectStoreException notAFolder(Path folder) {
    return new ObjectStoreException(
        "Expected the store " + folder + " to be a folder, found a file. Name a folder.");
  }

  Path locks() {
    return path.resolve(HIDDEN).resolve("locks");
  }

  Path staging() {
    return path.resolve(HIDDEN).resolve("staging");
  }

  Seals seals() {
    return new Seals(path.resolve(HIDDEN).resolve("seals"), staging());
  }

  /**
   * The file a key names, there or not.
   *
   * @throws ObjectStoreException if a symbolic link lies on the way to it
   */
  Path file(ObjectKey key) throws IOException {
    Path file = path.resolve(key.value());
    if (!contains(file)) {
      throw new ObjectStoreException(
          "Refused "
              + key
              + " in "
              + path
              + ": expected folders and files only, found a symbolic link (or a name that differs"
              + " in case). Put the real folder there.");
    }
    return file;
  }

  /** Whether what there is of the path really lies there, not elsewhere through a link. */
  boolean contains(Path file) throws IOException {
    for (Path there = file; there != null && there.startsWith(path); there = there.getParent()) {
      if (Files.isSymbolicLink(there)) {
        return false;
      }
      if (!Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      try {
        return there.toRealPath().equals(there);
      } catch (NoSuchFileException e) {
        continue;
      }
    }
    return true;
  }

  /** Makes room for the file of a key. */
  void createFolderOf(ObjectKey key) throws IOException {
    Path file = file(key);
    Path parent = Objects.requireNonNull(file.getParent(), "an object lies in a folder");
    try {
      Files.createDirectories(parent);
    } catch (FileSystemException e) {
      for (Path there = parent; there != null; there = there.getParent()) {
        if (Files.isRegularFile(there)) {
          throw inTheWay(key, "folders on the way", "the file " + there, e);
        }
      }
      throw e;
    }
    if (Files.isDirectory(file)) {
      throw inTheWay(key, "a file or nothing", "the folder " + file, null);
    }
  }

  private ObjectStoreException inTheWay(
      ObjectKey key, String expected, String found, @Nullable IOException cause) {
    return new ObjectStoreException(
        "Cannot write %s in %s: expected %s, found %s. Move it away or choose another key."
            .formatted(key, path, expected, found),
        cause);
  }
}
