package app.mushroom.collector.imports;

import app.mushroom.storage.dataset.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of photographs with one sub-folder per label, or one level further down below {@code
 * train}, {@code val} and {@code test}. Hidden files are passed over.
 */
final class LabelledFolder {
  private static final Map<String, Split> SPLITS =
      Map.of("train", Split.TRAIN, "val", Split.VAL, "test", Split.TEST);
  private static final Set<String> NO_PHOTOS = Set.of("thumbs.db", "desktop.ini");

  private final Path root;

  LabelledFolder(Path root) {
    this.root = root.toAbsolutePath().normalize();
  }

  /**
   * Adds every file to the offers; files outside a label's folder are refused there.
   *
   * @throws ImportFailedException if the folder holds none
   */
  void read(Offers offers) throws IOException, ImportFailedException {
    int before = offers.photos().size();
    for (Path entry : entries(root)) {
      Split split = SPLITS.get(name(entry));
      if (split == null) {
        readLabel(entry, null, offers);
      } else {
        for (Path label : entries(entry)) {
          readLabel(label, split, offers);
        }
      }
    }
    if (offers.photos().size() == before) {
      throw new ImportFailedException(
          "Expected photographs in one sub-folder per label, such as amanita_muscaria/1.jpg; found none in "
              + root.getFileName());
    }
  }

  private void readLabel(Path folder, @Nullable Split split, Offers offers) throws IOException {
    if (!Files.isDirectory(folder)) {
      offers.refuse(
          "no_label",
          below(folder),
          "Expected the photo in a folder named like its label; it lies beside them.");
      return;
    }
    for (Path file : entries(folder)) {
      if (Files.isDirectory(file)) {
        offers.refuse(
            "nested_folder",
            below(file),
            "Expected photos in the label's folder, found a folder. Move its photos up.");
      } else {
        offers.add(photo(file, name(folder), split));
      }
    }
  }

  private SourcePhoto photo(Path file, String label, @Nullable Split split) {
    String path = below(file);
    return new SourcePhoto(
        path,
        root,
        path,
        label,
        null,
        null,
        null,
        split,
        null,
        null,
        SourceAddress.local(path),
        null,
        SourcePhoto.UNKNOWN_LICENCE,
        null);
  }

  private String below(Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static List<Path> entries(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !name(entry).startsWith("."))
          .filter(entry -> !NO_PHOTOS.contains(name(entry).toLowerCase(java.util.Locale.ROOT)))
          .sorted()
          .toList();
    }
  }
}
