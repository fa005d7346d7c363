package app.mushroom.collector.imports;

import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * A CSV list of photographs (RFC 4180, UTF-8). The first line names the columns, at least {@code
 * file} and {@code label}; paths are relative to the list's folder and may not leave it.
 */
final class CsvList {
  private static final Map<String, Split> SPLITS =
      Map.of("train", Split.TRAIN, "val", Split.VAL, "test", Split.TEST);
  private static final Map<String, LabelRank> RANKS =
      Map.of("species", LabelRank.SPECIES, "genus", LabelRank.GENUS, "none", LabelRank.NONE);
  private static final Pattern HASH = Pattern.compile("[0-9a-fA-F]{64}");

  private static final int BEGINNING_CHARS = 4096;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Path path;
  private final String name;
  private final Path folder;

  CsvList(Path path) {
    this.path = path;
    this.name = String.valueOf(path.getFileName());
    Path parent = path.toAbsolutePath().normalize().getParent();
    this.folder = parent == null ? path.toAbsolutePath() : parent;
  }

  /**
   * Adds every row to the offers; rows that make no sense are refused there.
   *
   * @throws ImportFailedException if this is no such list
   */
  void read(Offers offers) throws IOException, ImportFailedException {
    try (InputStream in = Files.newInputStream(path);
        BufferedReader reader = new BufferedReader(strictUtf8(in));
        CSVParser parser = CSVFormat.RFC4180.parse(text(reader))) {
      Iterator<CSVRecord> rows = parser.iterator();
      if (!rows.hasNext()) {
        throw new ImportFailedException(
            "Expected a list of photographs in %s, found an empty file.".formatted(name));
      }
      Columns columns = new Columns(rows.next(), name);
      while (rows.hasNext()) {
        CSVRecord row = rows.next();
        boolean blank = row.size() == 1 && row.get(0).isBlank();
        if (!blank) {
          offer(row, columns, parser.getCurrentLineNumber(), offers);
        }
      }
    } catch (CharacterCodingException | CSVException | UncheckedIOException e) {
      throw notCsv(e);
    }
  }

  private ImportFailedException notCsv(Exception e) {
    Throwable cause = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
    String found =
        cause instanceof CharacterCodingException
            ? "bytes that are not UTF-8 text"
            : String.valueOf(cause.getMessage());
    return notCsv(found, e);
  }

  private ImportFailedException notCsv(String found, @Nullable Throwable cause) {
    return new ImportFailedException(
        "Expected a CSV list in UTF-8 in %s, found %s. Correct it, or give a folder with one sub-folder per label."
            .formatted(name, found),
        cause);
  }

  private static InputStreamReader strictUtf8(InputStream in) {
    return new InputStreamReader(
        in,
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT));
  }

  /** Passes over a byte order mark, and looks at the beginning before anybody reads on for long. */
  private BufferedReader text(BufferedReader reader) throws IOException, ImportFailedException {
    char[] beginning = new char[BEGINNING_CHARS];
    reader.mark(BEGINNING_CHARS);
    int read = reader.read(beginning);
    for (int i = 0; i < read; i++) {
      if (beginning[i] == 0) {
        throw notCsv("zero bytes, so it is no text", null);
      }
    }
    reader.reset();
    if (read > 0 && beginning[0] == BYTE_ORDER_MARK) {
      reader.skip(1);
    }
    return reader;
  }

  private void offer(CSVRecord row, Columns columns, long line, Offers offers) {
    String file = columns.text(row, "file");
    String label = columns.text(row, "label");
    String where = "%s line %d%s".formatted(name, line, file == null ? "" : " (" + file + ")");
    if (file == null || label == null) {
      offers.refuse("invalid_row", where, "Expected a file and a label, found an empty cell.");
      return;
    }
    String split = columns.text(row, "split");
    if (split != null && !SPLITS.containsKey(lower(split))) {
      offers.refuse("invalid_row", where, "Expected the split train, val or test, found " + split);
      return;
    }
    String rank = columns.text(row, "rank", "level");
    if (rank != null && !RANKS.containsKey(lower(rank))) {
      offers.refuse(
          "invalid_row", where, "Expected the rank species, genus or none, found " + rank);
      return;
    }
    String hash = columns.text(row, "source_sha256");
    if (hash != null && !HASH.matcher(hash).matches()) {
      offers.refuse("invalid_row", where, "Expected 64 hex digits as source_sha256, found " + hash);
      return;
    }
    String licence = columns.text(row, "licence", "license");
    offers.add(
        new SourcePhoto(
            where,
            folder,
            file,
            label,
            rank == null ? null : RANKS.get(lower(rank)),
            columns.text(row, "taxon"),
            columns.text(row, "genus"),
            split == null ? null : SPLITS.get(lower(split)),
            columns.text(row, "group", "cluster"),
            columns.text(row, "tier"),
            SourceAddress.of(
                columns.text(row, "source"),
                columns.text(row, "source_repo"),
                columns.text(row, "source_commit"),
                columns.text(row, "source_path"),
                file),
            hash == null ? null : lower(hash),
            licence == null ? SourcePhoto.UNKNOWN_LICENCE : licence,
            columns.text(row, "attribution")));
  }

  private static String lower(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }
}
