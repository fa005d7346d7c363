package app.mushroom.collector.report;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.Split;
import java.util.List;
import java.util.Locale;

/** How many photos each label has in each split, as lines for a terminal. */
public final class LabelTable {
  private static final String HEAD = "%-40s %7s %7s %7s %7s%n";
  private static final String ROW = "%-40s %7d %7d %7d %7d%n";

  private LabelTable() {}

  /** The lines, ended; none without photos. */
  public static String of(List<DatasetPhoto> photos) {
    if (photos.isEmpty()) {
      return "";
    }
    LabelCounts counts = LabelCounts.of(photos);
    StringBuilder text = new StringBuilder();
    text.append(HEAD.formatted("label", "train", "val", "test", "all"));
    for (String label : counts.byLabel().keySet()) {
      text.append(
          String.format(
              Locale.ROOT,
              ROW,
              label,
              counts.of(label, Split.TRAIN),
              counts.of(label, Split.VAL),
              counts.of(label, Split.TEST),
              counts.of(label)));
    }
    int labels = counts.byLabel().size();
    text.append(
        String.format(
            Locale.ROOT,
            ROW,
            labels + (labels == 1 ? " label" : " labels"),
            counts.of(Split.TRAIN),
            counts.of(Split.VAL),
            counts.of(Split.TEST),
            photos.size()));
    return text.toString();
  }
}
