package app.mushroom.benchmarks.collecting;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The median of some measurements and their range. */
record Spread(double median, double least, double most) {

  static Spread of(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], Arrays.stream(sorted).max().orElse(Double.NaN));
  }

  /** Such as {@code 12.3 (11.9 to 13.0)}. */
  String text(String format) {
    return String.format(
        Locale.ROOT, format + " (" + format + " to " + format + ")", median, least, most);
  }
}
