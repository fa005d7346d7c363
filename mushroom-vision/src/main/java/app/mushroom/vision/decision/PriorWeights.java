package app.mushroom.vision.decision;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Prior} makes of a place and a date: a factor for each label.
 *
 * <p>By Bayes' rule, with photo and circumstances independent given the label, {@code P(label |
 * photo, c)} is proportional to {@code P(label | photo) * P(c | label) / P(c)} (Berg et al.,
 * "Birdsnap", CVPR 2014, section 4; Mac Aodha et al., "Presence-Only Geographical Priors", ICCV
 * 2019). {@code P(c | label)} is the m-estimate {@code (n(c, label) + m P(c)) / (n(label) + m)}
 * (Cestnik, "Estimating probabilities", ECAI 1990), so that a label without finds has factor 1, and
 * {@code P(c)} the share of all finds, which takes out where and when people look for mushrooms at
 * all. Counts are spread first: half of a month's and a cell's stay, the rest goes to those beside
 * it. Each factor is raised to the strength that val chose, and their product kept within the cap.
 */
final class PriorWeights {
  /** With fewer finds around, a month or cell says nothing. */
  private static final double ENOUGH_FINDS = 20;

  private final LabelSet labels;
  private final Prior prior;
  private final double[][] months;
  private final double[] monthTotals;
  private final Map<Cell, double[]> cells = new HashMap<>();
  private final Map<Cell, Double> cellTotals = new HashMap<>();
  private final double[] datedFinds;
  private final double[] placedFinds;

  /**
   * What circumstances amount to.
   *
   * @param factors one a label, in the order of the labels
   */
  @SuppressWarnings("ArrayRecordComponent") // made afresh for one answer
  record Weights(double[] factors, boolean usedDate, boolean usedPlace) {}

  PriorWeights(LabelSet labels, Prior prior) {
    this.labels = labels;
    this.prior = prior;
    this.months = new double[Prior.MONTHS][labels.size()];
    this.monthTotals = new double[Prior.MONTHS];
    Map<String, Integer> index = new TreeMap<>();
    for (int i = 0; i < labels.size(); i++) {
      index.put(labels.get(i).label(), i);
    }
    if (prior.season() != null) {
      countMonths(prior.season(), index);
    }
    if (prior.place() != null) {
      countCells(prior.place(), index);
    }
    this.datedFinds = labelTotals(Arrays.asList(months));
    this.placedFinds = labelTotals(cells.values());
  }

  private void countMonths(Prior.Season season, Map<String, Integer> index) {
    season
        .finds()
        .forEach(
            (label, counts) -> {
              Integer at = index.get(label);
              for (int month = 0; at != null && month < Prior.MONTHS; month++) {
                months[month][at] += counts.get(month) / 2.0;
                months[(month + 1) % Prior.MONTHS][at] += counts.get(month) / 4.0;
                months[(month + 11) % Prior.MONTHS][at] += counts.get(month) / 4.0;
              }
            });
    for (int month = 0; month < Prior.MONTHS; month++) {
      monthTotals[month] = Arrays.stream(months[month]).sum();
    }
  }

  private void countCells(Prior.Place place, Map<String, Integer> index) {
    place
        .finds()
        .forEach(
            (label, finds) -> {
              Integer at = index.get(label);
              if (at != null) {
                finds.forEach((cell, count) -> spread(cell, at, count));
              }
            });
    cells.forEach((cell, counts) -> cellTotals.put(cell, Arrays.stream(counts).sum()));
  }

  private void spread(Cell cell, int label, int count) {
    cells.computeIfAbsent(cell, c -> new double[labels.size()])[label] += count / 2.0;
    for (Cell other : cell.neighbours()) {
      cells.computeIfAbsent(other, c -> new double[labels.size()])[label] +=
          count / 2.0 / cell.neighbours().size();
    }
  }

  Weights of(Circumstances circumstances) {
    double[] byDate = season(circumstances);
    double[] byPlace = place(circumstances.cell());
    double[] factors = new double[labels.size()];
    for (int i = 0; i < factors.length; i++) {
      double factor = (byDate == null ? 1 : byDate[i]) * (byPlace == null ? 1 : byPlace[i]);
      factors[i] = Math.min(prior.cap(), Math.max(1 / prior.cap(), factor));
    }
    return new Weights(factors, byDate != null, byPlace != null);
  }

  private double @Nullable [] season(Circumstances circumstances) {
    Integer month = circumstances.month();
    Prior.Season season = prior.season();
    if (month == null || season == null || season.strength() == 0) {
      return null;
    }
    Cell cell = circumstances.cell();
    if (cell != null) {
      return season(Circumstances.season(month, cell.isSouthern()), season.strength());
    }
    // Without a place, either hemisphere, as likely as the dataset's finds are from there.
    double[] north = season(month, season.strength());
    double[] south = season(Circumstances.season(month, true), season.strength());
    if (north == null || south == null) {
      return season.northern() >= 0.5 ? north : south;
    }
    double[] mixed = new double[north.length];
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = season.northern() * north[i] + (1 - season.northern()) * south[i];
    }
    return mixed;
  }

  private double @Nullable [] season(int month, double strength) {
    return monthTotals[month - 1] < ENOUGH_FINDS
        ? null
        : factors(months[month - 1], monthTotals[month - 1], datedFinds, strength);
  }

  private double @Nullable [] place(@Nullable Cell cell) {
    Prior.Place place = prior.place();
    if (cell == null || place == null || place.strength() == 0) {
      return null;
    }
    double total = cellTotals.getOrDefault(cell, 0.0);
    double[] counts = cells.get(cell);
    return counts == null || total < ENOUGH_FINDS
        ? null
        : factors(counts, total, placedFinds, place.strength());
  }

  private double[] labelTotals(Iterable<double[]> all) {
    double[] totals = new double[months[0].length];
    for (double[] counts : all) {
      for (int i = 0; i < totals.length; i++) {
        totals[i] += counts[i];
      }
    }
    return totals;
  }

  /** {@code (P(c | label) / P(c)) ^ strength} for each label. */
  private double[] factors(double[] here, double hereAll, double[] labelTotals, double strength) {
    double share = hereAll / Arrays.stream(labelTotals).sum();
    double[] factors = new double[here.length];
    for (int i = 0; i < factors.length; i++) {
      double given = (here[i] + prior.smoothing() * share) / (labelTotals[i] + prior.smoothing());
      factors[i] = Math.pow(given / share, strength);
    }
    return factors;
  }
}
