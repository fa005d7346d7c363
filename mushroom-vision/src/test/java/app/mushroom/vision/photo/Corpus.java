package app.mushroom.vision.photo;

import app.mushroom.vision.TestData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The corpus of hostile, broken and odd files, with what must happen to each. */
record Corpus(List<Entry> entries) {
  record Entry(Path path, String file, String kind, String expected, String group, int[] meanRgb) {
    byte[] bytes() {
      try {
        return Files.readAllBytes(path);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    boolean mustDecode() {
      return expected.equals("accept");
    }

    boolean mustBeRefused() {
      return expected.equals("reject-4xx");
    }

    @Override
    public String toString() {
      return file;
    }
  }

  static Corpus read() throws IOException {
    Path folder = TestData.folder("corpus");
    List<Entry> entries = new ArrayList<>();
    for (String line :
        Files.readAllLines(folder.resolve("manifest.csv")).stream().skip(1).toList()) {
      String[] fields = line.split(",", -1);
      int at = fields[0].startsWith("\"") ? quotedFields(fields) : 1;
      String file = String.join(",", List.of(fields).subList(0, at)).replace("\"", "");
      entries.add(
          new Entry(
              folder.resolve(file),
              file,
              fields[at],
              fields[at + 1],
              fields[at + 2],
              meanRgb(fields[at + 6])));
    }
    return new Corpus(entries);
  }

  private static int quotedFields(String[] fields) {
    int at = 0;
    while (!fields[at].endsWith("\"")) {
      at++;
    }
    return at + 1;
  }

  private static int[] meanRgb(String field) {
    return field.isEmpty()
        ? new int[0]
        : List.of(field.split("/")).stream().mapToInt(Integer::parseInt).toArray();
  }
}
