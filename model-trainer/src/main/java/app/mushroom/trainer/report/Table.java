package app.mushroom.trainer.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A table of figures.
 *
 * @param folded whether it is shown only on demand
 */
record Table(String caption, boolean folded, List<Column> columns, List<Row> rows) {

  /**
   * @param number whether it holds numbers, which are set to the right
   */
  record Column(String name, boolean number) {}

  record Row(List<Cell> cells) {}

  /**
   * @param header whether it names the row
   * @param sortBy a number to sort by; empty to sort by the text
   * @param bar width of a bar behind a share, in per cent; null for none
   * @param strong whether it is what to look at
   */
  record Cell(
      String text,
      boolean header,
      boolean number,
      String sortBy,
      @Nullable String bar,
      boolean strong) {}

  Table {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }

  /** How many rows there are. */
  int size() {
    return rows.size();
  }

  /** A table with these columns, of which those that begin with {@code #} hold numbers. */
  static Builder of(String caption, String... columns) {
    return new Builder(caption, Arrays.asList(columns));
  }

  /** Fills a table row by row, cell by cell. */
  static final class Builder {

    private final String caption;
    private final List<Column> columns = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private List<Cell> cells = new ArrayList<>();
    private boolean folded;

    private Builder(String caption, List<String> columns) {
      this.caption = caption;
      for (String column : columns) {
        boolean number = column.startsWith("#");
        this.columns.add(new Column(number ? column.substring(1) : column, number));
      }
    }

    Builder folded() {
      folded = true;
      return this;
    }

    Builder row(String name) {
      cells = new ArrayList<>();
      rows.add(new Row(cells));
      cells.add(new Cell(name, true, false, "", null, false));
      return this;
    }

    Builder text(String text) {
      cells.add(new Cell(text, false, false, "", null, false));
      return this;
    }

    Builder number(String text, double value) {
      cells.add(new Cell(text, false, true, plain(value), null, false));
      return this;
    }

    Builder count(int count) {
      return number(String.valueOf(count), count);
    }

    /** A count that should be 0. */
    Builder alarm(int count) {
      cells.add(new Cell(String.valueOf(count), false, true, plain(count), null, count > 0));
      return this;
    }

    /** A share with a bar; a dash where there is none. */
    Builder share(@Nullable Double share) {
      cells.add(
          share == null
              ? new Cell("–", false, true, "-1", null, false)
              : new Cell(
                  Words.percent(share), false, true, plain(share), plain(100 * share), false));
      return this;
    }

    Table build() {
      return new Table(caption, folded, columns, rows);
    }

    private static String plain(double value) {
      return String.format(Locale.ROOT, "%.4f", value);
    }
  }
}
