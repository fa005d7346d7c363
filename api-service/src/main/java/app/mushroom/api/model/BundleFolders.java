package app.mushroom.api.model;

import app.mushroom.api.ApiProperties;
import app.mushroom.api.SettingChecks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Fresh folders for bundles on the way from the store into memory. With a cache configured, the
 * last champion's folder outlives the process.
 */
@Component
class BundleFolders {
  private static final Logger log = LoggerFactory.getLogger(BundleFolders.class);
  private static final String LAST = "last";

  /** What {@link #fresh} makes; whatever else lies in the folder stays. */
  private static final Pattern OURS =
      Pattern.compile("[a-z0-9._-]{1,64}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private final Path root;
  private final boolean keepsLast;

  BundleFolders(ApiProperties properties) throws IOException {
    String cache = properties.model().cache();
    keepsLast = !cache.isBlank();
    root =
        keepsLast
            ? SettingChecks.folder("mushroom.model.cache (MUSHROOM_CACHE)", cache)
            : Files.createTempDirectory("mushroom-api-");
    if (keepsLast) {
      sweep();
    }
  }

  /** A name nobody else uses; the folder does not exist yet. */
  Path fresh(String version) {
    return root.resolve(version + "-" + UUID.randomUUID());
  }

  /** Remembers the champion's folder for the next start. */
  void remember(Path folder) {
    if (!keepsLast) {
      return;
    }
    try {
      Path draft =
          Files.writeString(root.resolve(LAST + ".draft"), folder.getFileName().toString());
      Files.move(draft, root.resolve(LAST), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      log.warn("The model cache cannot be written; a restart without the store will not have it.");
    }
  }

  /** The folder that was remembered last, if it is still there; nothing in it is trusted yet. */
  Optional<Path> remembered() {
    if (!keepsLast) {
      return Optional.empty();
    }
    try {
      String name = Files.readString(root.resolve(LAST), StandardCharsets.UTF_8).strip();
      Path folder = root.resolve(Path.of(name).getFileName());
      return Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      log.warn("The model cache cannot be read; it is ignored.");
      return Optional.empty();
    }
  }

  /** Deletes a folder whose model is no longer used, unless the next start may need it. */
  void release(Path folder) {
    if (!remembered().map(folder::equals).orElse(false)) {
      delete(folder);
    }
  }

  void delete(Path folder) {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      log.warn("A used model folder could not be deleted: {}", folder);
    }
  }

  void close() {
    if (!keepsLast) {
      delete(root);
    }
  }

  /** Removes what a crash left behind. */
  private void sweep() throws IOException {
    Optional<Path> last = remembered();
    try (Stream<Path> children = Files.list(root)) {
      children
          .filter(Files::isDirectory)
          .filter(folder -> OURS.matcher(folder.getFileName().toString()).matches())
          .filter(folder -> !last.map(folder::equals).orElse(false))
          .toList()
          .forEach(this::delete);
    }
  }
}
