package app.mushroom.storage.model;

import app.mushroom.storage.InvalidNameException;
import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.Names;
import app.mushroom.storage.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A folder on disk that holds the files of a bundle and nothing else.
 *
 * @param path of the folder
 * @param check how it is judged
 */
record BundleFolder(Path path, BundleCheck check) {
  BundleFolder(Path path) {
    this(path, new BundleCheck("bundle in " + path));
  }

  /** The bundle, if every file is there, named, and has the hash it should have. */
  VerifiedBundle verify() throws IOException {
    Map<String, Long> found = files();
    if (found.remove(BundleCheck.MANIFEST) == null) {
      throw check.rejected(BundleCheck.MANIFEST, "none");
    }
    BundleManifest manifest = check.read(manifestBytes());
    check.requireExactly(manifest, found);
    for (BundleFile file : manifest.files()) {
      check.requireSha256(file, Sha256.of(path.resolve(file.name())));
    }
    return new VerifiedBundle(manifest, path);
  }

  private byte[] manifestBytes() throws IOException {
    try (InputStream in =
        Files.newInputStream(path.resolve(BundleCheck.MANIFEST), LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(JsonDocument.MAX_BYTES + 1);
      if (bytes.length > JsonDocument.MAX_BYTES) {
        throw check.rejected(
            BundleCheck.MANIFEST + " of at most " + JsonDocument.MAX_BYTES + " bytes", "more");
      }
      return bytes;
    }
  }

  /** The files to publish, by name, with their hashes; a {@code bundle.json} is left out. */
  List<BundleFile> hashed() throws IOException {
    Map<String, Long> found = files();
    found.remove(BundleCheck.MANIFEST);
    long total = found.values().stream().mapToLong(Long::longValue).sum();
    if (found.isEmpty() || found.size() > BundleCheck.MAX_FILES || total > BundleCheck.MAX_BYTES) {
      throw check.rejected(
          "1 to %d files of at most %d bytes together"
              .formatted(BundleCheck.MAX_FILES, BundleCheck.MAX_BYTES),
          "%d files of %d bytes".formatted(found.size(), total));
    }
    List<BundleFile> files = new ArrayList<>();
    for (Map.Entry<String, Long> file : found.entrySet()) {
      files.add(
          new BundleFile(file.getKey(), Sha256.of(path.resolve(file.getKey())), file.getValue()));
    }
    return files;
  }

  /**
   * Name → bytes of what lies in the folder; anything but plain files with good names is refused.
   */
  private Map<String, Long> files() throws IOException {
    Map<String, Long> files = new TreeMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        String name = entry.getFileName().toString();
        BasicFileAttributes attributes =
            Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
          throw check.rejected("plain files only", name + ", a folder, link or device");
        }
        files.put(Names.requireFile("file name", name), attributes.size());
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw check.rejected("a folder", "none", e);
    } catch (InvalidNameException e) {
      throw check.rejected("file names without surprises", e);
    }
    return files;
  }
}
