package app.mushroom.storage.model;

import app.mushroom.storage.InvalidNameException;
import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.Names;
import app.mushroom.storage.UnreadableDocumentException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What {@code bundle.json} may say, and whether what lies beside it is what it says. */
final class BundleCheck {
  static final String MANIFEST = "bundle.json";
  static final int MAX_FILES = 64;
  static final long MAX_BYTES = 2_000_000_000;

  private final String what;

  /**
   * @param what the bundle and where it lies, for messages
   */
  BundleCheck(String what) {
    this.what = what;
  }

  /** Reads {@code bundle.json} and refuses what no bundle may claim. */
  BundleManifest read(byte[] json) throws IOException {
    BundleManifest manifest;
    try {
      manifest = JsonDocument.read(json, BundleManifest.class, MANIFEST + " of " + what);
      Names.require("model", manifest.name());
      Names.require("version", manifest.version());
    } catch (UnreadableDocumentException | InvalidNameException e) {
      throw new BundleRejectedException("Refused " + what + ": " + e.getMessage(), e);
    }
    if (manifest.files().isEmpty() || manifest.files().size() > MAX_FILES) {
      throw rejected("1 to " + MAX_FILES + " files", manifest.files().size() + " files");
    }
    requireFiles(manifest);
    return manifest;
  }

  private void requireFiles(BundleManifest manifest) throws BundleRejectedException {
    Set<String> names = new HashSet<>();
    names.add(MANIFEST);
    long total = 0;
    for (BundleFile file : manifest.files()) {
      try {
        Names.requireFile("file name", file.name());
        Names.requireSha256("sha256 of " + file.name(), file.sha256());
      } catch (InvalidNameException e) {
        throw new BundleRejectedException("Refused " + what + ": " + e.getMessage(), e);
      }
      if (!names.add(file.name().toLowerCase(Locale.ROOT))) {
        throw rejected("every file once, " + MANIFEST + " not among them", file.name() + " again");
      }
      if (file.sizeBytes() < 0 || file.sizeBytes() > MAX_BYTES - total) {
        throw rejected(
            "files of at most " + MAX_BYTES + " bytes together",
            file.name() + " of " + file.sizeBytes() + " bytes");
      }
      total += file.sizeBytes();
    }
  }

  /**
   * Compares the names and sizes that lie there with those the manifest names.
   *
   * @param found name → bytes, {@code bundle.json} left out
   */
  void requireExactly(BundleManifest manifest, Map<String, Long> found)
      throws BundleRejectedException {
    Set<String> unnamed = new TreeSet<>(found.keySet());
    for (BundleFile file : manifest.files()) {
      unnamed.remove(file.name());
      Long sizeBytes = found.get(file.name());
      if (sizeBytes == null) {
        throw rejected(file.name() + " as " + MANIFEST + " names it", "no such file");
      }
      if (sizeBytes != file.sizeBytes()) {
        throw rejected(file.name() + " of " + file.sizeBytes() + " bytes", sizeBytes + " bytes");
      }
    }
    if (!unnamed.isEmpty()) {
      throw rejected("only the files that " + MANIFEST + " names", "also " + unnamed);
    }
  }

  void requireSha256(BundleFile file, String found) throws BundleRejectedException {
    if (!file.sha256().equals(found)) {
      throw rejected(file.name() + " with SHA-256 " + file.sha256(), found);
    }
  }

  BundleRejectedException rejected(String expected, String found) {
    return new BundleRejectedException(message(expected, found));
  }

  /** For a finding that is told by an exception. */
  BundleRejectedException rejected(String expected, Exception found) {
    return new BundleRejectedException(
        message(expected, String.valueOf(found.getMessage())), found);
  }

  BundleRejectedException rejected(String expected, String found, Exception cause) {
    return new BundleRejectedException(message(expected, found), cause);
  }

  private String message(String expected, String found) {
    return "Refused %s: expected %s, found %s. Nothing of it was used; publish it again."
        .formatted(what, expected, found);
  }
}
