package app.mushroom.collector.versions;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.dataset.Split;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** Writes a version out for other tools. What is not written whole is not there. */
public final class Export {
  private static final String[] COLUMNS = {
    "file",
    "label",
    "rank",
    "taxon",
    "genus",
    "split",
    "group",
    "tier",
    "width",
    "height",
    "source",
    "source_sha256",
    "licence",
    "attribution"
  };

  private static final String FORMULA_STARTS = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

  private final DatasetRepository datasets;

  public Export(DatasetRepository datasets) {
    this.datasets = datasets;
  }

  /** What is written. */
  public enum Form {
    /** {@code <split>/<label>/<sha256>.jpg} and {@code photos.csv}, which import reads again. */
    FOLDER,
    /** One CSV list without images. */
    CSV,
    /**
     * As Hugging Face's ImageFolder loader reads it: {@code train}, {@code validation} and {@code
     * test}, each with images in folders by label and a {@code metadata.jsonl}.
     */
    IMAGEFOLDER
  }

  /**
   * @param target what is to be made: a file for {@link Form#CSV}, else a folder
   * @param progress told how many photos are done
   * @throws FileAlreadyExistsException if there is something already; it is left alone
   * @throws IOException if an image is missing or damaged, or the target cannot be written
   */
  public void run(DatasetVersion version, Form form, Path target, IntConsumer progress)
      throws IOException {
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(
          target.toString(), null, "expected nothing there yet; name another place or remove it");
    }
    Path draft =
        target
            .toAbsolutePath()
            .resolveSibling("." + target.getFileName() + "." + ProcessHandle.current().pid());
    try {
      if (form == Form.CSV) {
        csv(version, draft);
      } else {
        Files.createDirectory(draft);
        images(version, form, draft, progress);
        if (form == Form.FOLDER) {
          csv(version, draft.resolve("photos.csv"));
        } else {
          metadata(version, draft);
        }
      }
      Files.move(draft, target.toAbsolutePath(), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(draft);
    }
  }

  private void images(DatasetVersion version, Form form, Path folder, IntConsumer progress)
      throws IOException {
    int done = 0;
    for (DatasetPhoto photo : version.photos()) {
      Path file = folder.resolve(path(photo, form));
      Files.createDirectories(file.getParent());
      Files.write(file, datasets.image(version.card().name(), photo.sha256()));
      progress.accept(++done);
    }
  }

  private static String path(DatasetPhoto photo, Form form) {
    return split(photo.split(), form) + "/" + photo.label() + "/" + photo.sha256() + ".jpg";
  }

  private static String split(Split split, Form form) {
    return form == Form.IMAGEFOLDER && split == Split.VAL
        ? "validation"
        : split.name().toLowerCase(Locale.ROOT);
  }

  private static void csv(DatasetVersion version, Path file) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader(COLUMNS).get();
    try (BufferedWriter out = Files.newBufferedWriter(file);
        CSVPrinter csv = new CSVPrinter(out, format)) {
      for (DatasetPhoto photo : version.photos()) {
        csv.printRecord(
            path(photo, Form.FOLDER),
            photo.label(),
            photo.rank().name().toLowerCase(Locale.ROOT),
            text(photo.taxon()),
            text(photo.genus()),
            split(photo.split(), Form.CSV),
            text(photo.group()),
            text(photo.tier()),
            photo.width(),
            photo.height(),
            text(photo.source()),
            text(photo.sourceSha256()),
            text(photo.licence()),
            text(photo.attribution()));
      }
    }
  }

  /**
   * A cell that no spreadsheet takes for a formula: one that begins like one, also in the wide
   * characters of Chinese and Japanese keyboards, gets an apostrophe (OWASP, "CSV Injection"). The
   * manifest has the exact text.
   */
  private static String text(@Nullable String value) {
    if (value == null) {
      return "";
    }
    return !value.isEmpty() && FORMULA_STARTS.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
  }

  private static void metadata(DatasetVersion version, Path folder) throws IOException {
    Map<Split, List<String>> lines = new LinkedHashMap<>();
    for (DatasetPhoto photo : version.photos()) {
      Map<String, Object> line = new LinkedHashMap<>();
      line.put("file_name", photo.label() + "/" + photo.sha256() + ".jpg");
      line.put("label", photo.label());
      line.put("taxon", photo.taxon());
      line.put("genus", photo.genus());
      line.put("group", photo.group());
      line.put("source", photo.source());
      line.put("licence", photo.licence());
      line.put("attribution", photo.attribution());
      lines
          .computeIfAbsent(photo.split(), split -> new ArrayList<>())
          .add(JsonDocument.mapper().writeValueAsString(line));
    }
    for (Map.Entry<Split, List<String>> split : lines.entrySet()) {
      Files.write(
          folder.resolve(split(split.getKey(), Form.IMAGEFOLDER)).resolve("metadata.jsonl"),
          split.getValue());
    }
  }

  private static void delete(Path draft) throws IOException {
    if (!Files.exists(draft)) {
      return;
    }
    Files.walkFileTree(
        draft,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
