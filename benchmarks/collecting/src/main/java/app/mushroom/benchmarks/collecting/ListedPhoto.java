package app.mushroom.benchmarks.collecting;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;

/**
 * A line of a list of photographs.
 *
 * @param file where the photo lies
 * @param cluster the same for near-duplicates, as whoever made the list found them
 */
record ListedPhoto(Path file, String cluster) {

  /**
   * Reads a CSV file with the columns {@code file} (from the list's folder on) and {@code cluster}.
   */
  static List<ListedPhoto> read(Path list) throws IOException {
    try (Reader text = Files.newBufferedReader(list)) {
      return CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .get()
          .parse(text)
          .stream()
          .map(
              (CSVRecord row) ->
                  new ListedPhoto(list.resolveSibling(row.get("file")), row.get("cluster")))
          .toList();
    }
  }

  byte[] bytes() throws IOException {
    return Files.readAllBytes(file);
  }
}
