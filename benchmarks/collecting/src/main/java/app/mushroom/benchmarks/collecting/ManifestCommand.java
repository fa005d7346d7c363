package app.mushroom.benchmarks.collecting;

import app.mushroom.collector.versions.Export;
import app.mushroom.collector.versions.Export.Form;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.Sha256;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.AbstractList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Publishes a version whose rows hold whatever can break a list, reads it back, and exports it as
 * CSV; every row is compared with what it was made from.
 */
@Command(name = "manifest")
final class ManifestCommand implements Callable<Integer> {
  private static final String DATASET = "hostile";
  private static final String FORMULA_STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";
  private static final List<String> PARTS =
      List.of(
          "=cmd|'/c calc'!A0",
          "=cmd",
          "+1",
          "-1",
          "@SUM(A1)",
          "\t",
          "\r",
          "\n",
          "\r\n",
          ",",
          ";",
          "\"",
          "\"\"",
          "'",
          "\\",
          "\\n",
          "\u0000",
          "\u2028",
          "\u202e",
          "\ufeff",
          "\uff1d1",
          "ü",
          "茸",
          "🍄",
          "e\u0301",
          "{\"sha256\":1}",
          " ",
          "Jane Doe",
          "https://example.org/");

  @Option(names = "--rows")
  private int rows = 1_000_000;

  @Option(names = "--work", description = "folder for what is written; a new one by default")
  private @Nullable Path given;

  @Override
  public Integer call() throws IOException {
    Path work = given == null ? Files.createTempDirectory("manifest") : given;
    try {
      measure(work);
    } finally {
      if (given == null) {
        Folders.delete(work);
      }
    }
    return 0;
  }

  private void measure(Path work) throws IOException {
    System.out.println(
        "| rows | what | seconds | MB written | heap in use, MB | most resident, MB |");
    System.out.println("| --- | --- | --- | --- | --- | --- |");
    try (ObjectStore real = ObjectStores.open(work.resolve("store").toString())) {
      DatasetRepository datasets =
          new DatasetRepository(new PretendStore(real, DATASET, rows, ManifestCommand::sha256, 0));
      long start = System.nanoTime();
      int version =
          datasets.publish(DATASET, new Made(rows), Map.of(), Instant.EPOCH).card().version();
      Path manifest =
          work.resolve("store/datasets/%s/versions/%d/manifest.jsonl".formatted(DATASET, version));
      print("publish", start, manifest);
      start = System.nanoTime();
      DatasetVersion read = datasets.read(DATASET, version);
      print("read", start, manifest);
      for (int row = 0; row < rows; row++) {
        if (!read.photos().get(row).equals(photo(row))) {
          throw new IOException("Row " + row + " came back as " + read.photos().get(row));
        }
      }
      Path list = work.resolve("photos.csv");
      start = System.nanoTime();
      new Export(datasets).run(read, Form.CSV, list, done -> {});
      print("export as CSV", start, list);
      start = System.nanoTime();
      compare(list);
      print("parse the CSV", start, list);
    }
    System.out.printf(
        "%n%,d rows came back equal from the manifest and from the list, no cell begins like a formula.%n",
        rows);
  }

  private void compare(Path list) throws IOException {
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    int row = 0;
    try (Reader reader = Files.newBufferedReader(list);
        CSVParser cells = format.parse(reader)) {
      for (CSVRecord found : cells) {
        DatasetPhoto photo = photo(row++);
        boolean equal =
            found.get("taxon").equals(harmless(String.valueOf(photo.taxon())))
                && found.get("group").equals(harmless(photo.group()))
                && found.get("source").equals(harmless(photo.source()))
                && found.get("licence").equals(harmless(photo.licence()))
                && found.get("attribution").equals(harmless(String.valueOf(photo.attribution())));
        for (String cell : found) {
          equal &= cell.isEmpty() || FORMULA_STARTS.indexOf(cell.charAt(0)) < 0;
        }
        if (!equal) {
          throw new IOException("Row " + row + " of the list is " + found);
        }
      }
    }
    if (row != rows) {
      throw new IOException("Expected " + rows + " rows in the list, found " + row);
    }
  }

  private static String harmless(String text) {
    return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  private void print(String what, long start, Path file) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "| %,d | %s | %.1f | %.0f | %.0f | %.0f |%n",
        rows,
        what,
        (System.nanoTime() - start) / 1e9,
        Files.size(file) / 1e6,
        Memory.heap(),
        Memory.mostResident());
  }

  /** In ascending order, as a version sorts them. */
  private static String sha256(int row) {
    byte[] rest = new byte[28];
    new Random(row).nextBytes(rest);
    return "%08x".formatted(row) + HexFormat.of().formatHex(rest);
  }

  private static DatasetPhoto photo(int row) {
    Random random = new Random(row);
    return new DatasetPhoto(
        sha256(row),
        "amanita_muscaria",
        LabelRank.SPECIES,
        "Amanita muscaria",
        "amanita",
        Split.TRAIN,
        "g" + row + hostile(random),
        null,
        1024,
        768,
        250_000,
        hostile(random),
        Sha256.of(Integer.toString(row).getBytes(StandardCharsets.UTF_8)),
        PARTS.get(row % PARTS.size()),
        hostile(random));
  }

  private static String hostile(Random random) {
    StringBuilder text = new StringBuilder();
    for (int parts = random.nextInt(5); parts >= 0; parts--) {
      text.append(PARTS.get(random.nextInt(PARTS.size())));
    }
    return text.toString();
  }

  /** Rows that are made when they are asked for. */
  private static final class Made extends AbstractList<DatasetPhoto> {
    private final int rows;

    private Made(int rows) {
      this.rows = rows;
    }

    @Override
    public DatasetPhoto get(int row) {
      return photo(row);
    }

    @Override
    public int size() {
      return rows;
    }
  }
}
