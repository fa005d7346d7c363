package app.mushroom.benchmarks.serving;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/** Median and range of a figure over the rounds of a run. */
record Spread(double median, double min, double max) {

  static Spread of(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      return new Spread(Double.NaN, Double.NaN, Double.NaN);
    }
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], Arrays.stream(sorted).max().orElse(Double.NaN));
  }

  String text(int digits) {
    String format = "%." + digits + "f (%." + digits + "f to %." + digits + "f)";
    return String.format(Locale.ROOT, format, median, min, max);
  }
}
