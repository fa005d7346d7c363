package app.mushroom.collector.imports;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** The columns of a list by name, whatever their order; several names may mean the same. */
final class Columns {
  private final Map<String, Integer> positions = new HashMap<>();

  /**
   * @throws ImportFailedException if this is not the header of a list of photographs
   */
  Columns(CSVRecord header, String list) throws ImportFailedException {
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i).strip().toLowerCase(Locale.ROOT);
      if (positions.putIfAbsent(name, i) != null && !name.isEmpty()) {
        throw new ImportFailedException(
            "Expected every column of %s once, found %s twice. Remove one.".formatted(list, name));
      }
    }
    if (!positions.containsKey("file") || !positions.containsKey("label")) {
      String found = String.join(",", header.toList());
      throw new ImportFailedException(
          "Expected a list of photographs whose first line names the columns, at least file,label; found in %s: %s"
              .formatted(list, found.length() > 80 ? found.substring(0, 80) + "…" : found));
    }
  }

  /** The cell exactly as written; null where there is no such column or the cell is empty. */
  @Nullable String text(CSVRecord row, String... names) {
    for (String name : names) {
      Integer position = positions.get(name);
      if (position != null && position < row.size() && !row.get(position).isEmpty()) {
        return row.get(position);
      }
    }
    return null;
  }
}
