package app.mushroom.collector.report;

import app.mushroom.collector.report.LabelBalance.Row;
import app.mushroom.collector.report.Pictures.Picture;
import app.mushroom.collector.report.Pictures.Size;
import app.mushroom.storage.dataset.DatasetPhoto;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A few photos of every label, by name.
 *
 * @param leftOut a sentence on what the page had no room for; empty if it shows all labels
 */
record ContactSheets(List<Sheet> sheets, String leftOut) {
  private static final int MAX_PICTURES = 1200;
  private static final int MAX_PER_LABEL = 6;

  /**
   * One label.
   *
   * @param credits licence, author and host of each picture, in their order
   */
  record Sheet(
      String label,
      String count,
      String toxicity,
      boolean poisonous,
      List<Picture> pictures,
      List<String> credits) {}

  static ContactSheets of(List<DatasetPhoto> photos, LabelBalance balance, Pictures pictures)
      throws IOException {
    List<Row> rows =
        balance.rows().stream()
            .sorted(Comparator.comparing((Row row) -> !row.poisonous()).thenComparing(Row::label))
            .limit(MAX_PICTURES)
            .sorted(Comparator.comparing(Row::label))
            .toList();
    int each = Math.max(1, Math.min(MAX_PER_LABEL, MAX_PICTURES / Math.max(1, rows.size())));
    Map<String, List<DatasetPhoto>> byLabel =
        photos.stream().collect(Collectors.groupingBy(DatasetPhoto::label));
    List<Sheet> sheets = new ArrayList<>();
    int before = pictures.leftOut();
    for (Row row : rows) {
      sheets.add(
          sheet(
              row,
              Selection.ofFinds(byLabel.getOrDefault(row.label(), List.of()), each),
              pictures));
    }
    return new ContactSheets(
        sheets, leftOut(balance.rows().size() - rows.size(), pictures.leftOut() - before));
  }

  private static Sheet sheet(Row row, List<DatasetPhoto> photos, Pictures pictures)
      throws IOException {
    List<Picture> shown = new ArrayList<>();
    List<String> credits = new ArrayList<>();
    for (DatasetPhoto photo : photos) {
      String credit = Words.credit(photo);
      Optional<Picture> picture = pictures.of(photo.sha256(), photo.label(), credit, Size.SMALL);
      if (picture.isPresent()) {
        shown.add(picture.get());
        credits.add(credit);
      }
    }
    return new Sheet(
        row.label(),
        Words.count(row.photos(), "photo"),
        row.toxicity(),
        row.poisonous(),
        shown,
        credits);
  }

  private static String leftOut(int labels, int pictures) {
    if (labels == 0 && pictures == 0) {
      return "";
    }
    return "So that this page stays light, it leaves out %s without poison and %s."
        .formatted(Words.count(labels, "label"), Words.count(pictures, "picture"));
  }
}
