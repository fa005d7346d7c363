package app.mushroom.trainer.backbone;

import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.Sha256;
import app.mushroom.trainer.training.ModelZoo;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A backbone on a local disk.
 *
 * @param location as it was named: a file, {@code gs://}, {@code https://} or {@code djl://}; may
 *     hold secrets, so show {@link #place()} instead
 * @param file the TorchScript file
 * @param sha256 hash of its bytes
 */
public record Backbone(String location, Path file, String sha256) {

  static final long MAX_BYTES = 2_000_000_000L;

  /** Opens the folder of a bucket. */
  @FunctionalInterface
  interface Buckets {
    ObjectStore open(String location) throws IOException;
  }

  /**
   * Brings a backbone here.
   *
   * @param work where a fetched backbone goes
   * @param say told of what is fetched, and of its size and hash
   * @throws IOException if there is no such backbone or it cannot be fetched whole; the message
   *     says what to do
   */
  public static Backbone fetch(String location, Path work, Consumer<String> say)
      throws IOException, InterruptedException {
    return fetch(location, work, say, ObjectStores::open);
  }

  static Backbone fetch(String location, Path work, Consumer<String> say, Buckets buckets)
      throws IOException, InterruptedException {
    if (!location.contains("://")) {
      Path file = file(location);
      return new Backbone(location, file, Sha256.of(file));
    }
    String shown = Location.shown(location);
    say.accept("Fetching the backbone " + shown);
    Path target = work.resolve("backbone.pt");
    Download.Source source;
    if (location.startsWith("https://")) {
      source = new HttpSource(uri(location));
    } else if (location.startsWith("gs://")) {
      source = out -> bucket(location, buckets, out);
    } else if (location.startsWith("djl://")) {
      source =
          out -> {
            try (InputStream in = Files.newInputStream(ModelZoo.fetch(location))) {
              Download.copy(in, out, MAX_BYTES, location);
            }
          };
    } else {
      throw new IOException(
          "Expected --backbone to be a file, or a gs://, https:// or djl:// location, found "
              + shown
              + ".");
    }
    Download.to(target, source);
    Backbone fetched = new Backbone(location, target, Sha256.of(target));
    say.accept(
        String.format(
            Locale.ROOT,
            "Fetched %.1f MB, SHA-256 %s",
            Files.size(target) / 1e6,
            fetched.sha256()));
    return fetched;
  }

  /** Where it came from, for messages. */
  public String place() {
    return Location.shown(location);
  }

  /**
   * Where it came from as a run records it: a location without user, query and fragment, or a
   * file's name without its folder.
   */
  public String recordedAs() {
    return location.contains("://") ? place() : file.getFileName().toString();
  }

  /** A name for the network: the file's, without its ending and without "_embedding". */
  public String architecture() {
    String name = location.replaceFirst("[?#].*$", "").replaceFirst("/+$", "");
    name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    name = name.replaceFirst("\\.(pt|pth)$", "").replaceFirst("_embedding$", "");
    return name.isBlank() ? "unknown" : name;
  }

  private static Path file(String location) throws IOException {
    Path file;
    try {
      file = Path.of(location);
    } catch (InvalidPathException e) {
      throw new IOException("Expected --backbone to be a file, found " + location + ".", e);
    }
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "There is no backbone file "
              + file.toAbsolutePath()
              + ". Name a TorchScript file with --backbone, or one of DJL's model zoo such as"
              + " djl://ai.djl.pytorch/resnet18_embedding.");
    }
    return file;
  }

  private static URI uri(String location) throws IOException {
    try {
      URI uri = URI.create(location);
      if (uri.getHost() != null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Neither its message nor the cause: both quote the whole address.
      throw new IOException("The backbone's address is none: " + Location.shown(location));
    }
    throw new IOException("The backbone's address names no host: " + Location.shown(location));
  }

  private static void bucket(String location, Buckets buckets, OutputStream out)
      throws IOException {
    int slash = location.lastIndexOf('/');
    if (slash <= "gs://".length() || slash == location.length() - 1) {
      throw new IOException(
          "Expected the backbone as gs://bucket/file.pt, found " + location + ".");
    }
    try (ObjectStore store = buckets.open(location.substring(0, slash));
        InputStream in = store.open(ObjectKey.of(location.substring(slash + 1)))) {
      Download.copy(in, out, MAX_BYTES, location);
    }
  }
}
