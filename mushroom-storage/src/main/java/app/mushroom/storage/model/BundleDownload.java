package app.mushroom.storage.model;

import app.mushroom.storage.CorruptObjectException;
import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.ObjectNotFoundException;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/** Copying the files of a bundle out of a store, trusting none before its hash matched. */
final class BundleDownload {
  private static final int ATTEMPTS = 2;
  private static final int BUFFER_BYTES = 64 * 1024;

  private final ObjectStore store;
  private final ModelKeys keys;
  private final BundleCheck check;

  BundleDownload(ObjectStore store, ModelKeys keys, BundleCheck check) {
    this.store = store;
    this.keys = keys;
    this.check = check;
  }

  VerifiedBundle fetch(BundleManifest manifest, Path folder) throws IOException {
    requireFresh(folder);
    Files.createDirectories(folder);
    try {
      for (BundleFile file : manifest.files()) {
        Path target = Files.createFile(folder.resolve(file.name()));
        copy(manifest.version(), file, () -> Files.newOutputStream(target));
      }
      Files.write(
          folder.resolve(BundleCheck.MANIFEST),
          JsonDocument.write(manifest),
          StandardOpenOption.CREATE_NEW);
      return new VerifiedBundle(manifest, folder);
    } catch (IOException | RuntimeException | Error e) {
      empty(folder, manifest, e);
      throw e;
    }
  }

  byte[] bytes(String version, BundleFile file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    copy(
        version,
        file,
        () -> {
          bytes.reset();
          return bytes;
        });
    return bytes.toByteArray();
  }

  /** Opens the target anew, what an earlier attempt wrote thrown away. */
  private interface Target {
    OutputStream open() throws IOException;
  }

  /** A byte may flip on the way here: only what is corrupt every time is corrupt in the store. */
  private void copy(String version, BundleFile file, Target target) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try (OutputStream out = target.open()) {
        copy(version, file, out);
        return;
      } catch (CorruptObjectException e) {
        if (attempt == ATTEMPTS) {
          throw check.rejected(file.name() + " as it was written", e);
        }
      }
    }
  }

  /** Copies a file, and never more of it than its manifest says there is. */
  private void copy(String version, BundleFile file, OutputStream out) throws IOException {
    MessageDigest digest = Sha256.digest();
    long left = file.sizeBytes();
    try (InputStream in = store.open(keys.file(version, file.name()))) {
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        left -= read;
        if (left < 0) {
          throw check.rejected(file.name() + " of " + file.sizeBytes() + " bytes", "more");
        }
        digest.update(buffer, 0, read);
        out.write(buffer, 0, read);
      }
    } catch (ObjectNotFoundException e) {
      throw check.rejected(file.name() + " as its manifest names it", "no such file", e);
    }
    check.requireSha256(file, Sha256.hex(digest.digest()));
  }

  private static void requireFresh(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    boolean fresh = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    if (fresh) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
        fresh = !entries.iterator().hasNext();
      }
    }
    if (!fresh) {
      throw new IllegalArgumentException(
          "Expected an empty folder to fetch into, found something in " + folder + ".");
    }
  }

  private static void empty(Path folder, BundleManifest manifest, Throwable failure) {
    try {
      for (BundleFile file : manifest.files()) {
        Files.deleteIfExists(folder.resolve(file.name()));
      }
      Files.deleteIfExists(folder.resolve(BundleCheck.MANIFEST));
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }
}
