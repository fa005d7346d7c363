package app.mushroom.trainer.cli;

import java.util.ArrayList;
import java.util.List;

/** Rows in columns as wide as their longest cell. */
final class TextTable {

  private static final String GAP = "  ";

  private final List<String[]> rows = new ArrayList<>();
  private final boolean[] right;

  /**
   * @param titles of the columns; one that starts with {@code >} aligns its column to the right
   */
  TextTable(String... titles) {
    this.right = new boolean[titles.length];
    String[] first = new String[titles.length];
    for (int i = 0; i < titles.length; i++) {
      right[i] = titles[i].startsWith(">");
      first[i] = right[i] ? titles[i].substring(1) : titles[i];
    }
    rows.add(first);
  }

  TextTable row(List<String> cells) {
    return row(cells.toArray(String[]::new));
  }

  TextTable row(String... cells) {
    if (cells.length != right.length) {
      throw new IllegalArgumentException(
          "expected " + right.length + " cells, found " + cells.length);
    }
    rows.add(cells.clone());
    return this;
  }

  /** Whether there is nothing under the titles. */
  boolean isEmpty() {
    return rows.size() == 1;
  }

  /** Lines, each ended. */
  @Override
  public String toString() {
    int[] widths = new int[right.length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], length(row[i]));
      }
    }
    StringBuilder text = new StringBuilder();
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        String space = " ".repeat(widths[i] - length(row[i]));
        line.append(i == 0 ? "" : GAP).append(right[i] ? space + row[i] : row[i] + space);
      }
      text.append(line.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.toString();
  }

  private static int length(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
