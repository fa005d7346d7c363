package app.mushroom.trainer.evaluation;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.vision.decision.Calibration;
import app.mushroom.vision.decision.Cell;
import app.mushroom.vision.decision.Circumstances;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.decision.Prior;
import app.mushroom.vision.decision.SafetyPolicy;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts when and where the finds of train were made, and chooses on val how much that may weigh:
 * the strengths of least log-loss. {@link Prior} has the form, and its reader the method.
 */
public final class PriorFitter {

  /** Of the whole dataset, mixed into each label's finds. */
  static final double SMOOTHING = 20;

  /** Finds of train with a month or a cell, below which they are no base for a prior. */
  static final int ENOUGH_FINDS = 300;

  /** Photos of val with a month or a cell, below which no strength can be chosen. */
  static final int ENOUGH_VAL = 50;

  private static final double[] STRENGTHS = {0, 0.25, 0.5, 0.75, 1};

  /** Leaves room below the megabyte that a document may have. */
  private static final int MAX_BYTES = 900_000;

  private final LabelSet labels;
  private final SpeciesCatalogue catalogue;

  /**
   * What was chosen.
   *
   * @param sentence for people, with the log-losses on val
   */
  public record Fitted(Prior prior, String sentence) {}

  public PriorFitter(LabelSet labels, SpeciesCatalogue catalogue) {
    this.labels = labels;
    this.catalogue = catalogue;
  }

  /**
   * @param train whose finds are counted
   * @param photos of val, one for each row of its outputs
   * @return empty where too few finds have a date or a place, or they do not help on val
   */
  public Optional<Fitted> fit(
      List<DatasetPhoto> train,
      List<DatasetPhoto> photos,
      LabelledOutputs val,
      Calibration calibration) {
    Prior.Season season = season(train);
    Prior.Place place = place(train);
    long dated = photos.stream().filter(photo -> photo.observedMonth() != null).count();
    long placed = photos.stream().filter(photo -> photo.cell() != null).count();
    double[] seasons = dated < ENOUGH_VAL || season == null ? new double[1] : STRENGTHS;
    double[] places = placed < ENOUGH_VAL || place == null ? new double[1] : STRENGTHS;
    double without = loss(null, photos, val, calibration);
    double least = without;
    Prior best = null;
    for (double bySeason : seasons) {
      for (double byPlace : places) {
        Prior prior = prior(season, bySeason, place, byPlace);
        double loss =
            prior.season() == null && prior.place() == null
                ? without
                : loss(prior, photos, val, calibration);
        if (loss < least) {
          least = loss;
          best = prior;
        }
      }
    }
    return best == null || best.toJson().length > MAX_BYTES
        ? Optional.empty()
        : Optional.of(new Fitted(best, sentence(best, without, least, photos)));
  }

  private static Prior prior(
      Prior.@Nullable Season season, double bySeason, Prior.@Nullable Place place, double byPlace) {
    return new Prior(
        SMOOTHING,
        Prior.LARGEST_CAP,
        season == null || bySeason == 0
            ? null
            : new Prior.Season(bySeason, season.northern(), season.finds()),
        place == null || byPlace == 0 ? null : new Prior.Place(byPlace, place.finds()));
  }

  /** Finds of which month and hemisphere are known. Photos of one find are one find. */
  private Prior.@Nullable Season season(List<DatasetPhoto> train) {
    Map<String, List<Integer>> finds = new TreeMap<>();
    Set<String> seen = new HashSet<>();
    int northern = 0;
    for (DatasetPhoto photo : known(train)) {
      Integer month = photo.observedMonth();
      String cell = photo.cell();
      if (month != null && cell != null && seen.add(photo.label() + ' ' + photo.group())) {
        boolean southern = Cell.parse(cell).isSouthern();
        northern += southern ? 0 : 1;
        List<Integer> months =
            finds.computeIfAbsent(
                photo.label(),
                l -> new ArrayList<>(Arrays.asList(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)));
        int at = Circumstances.season(month, southern) - 1;
        months.set(at, months.get(at) + 1);
      }
    }
    return seen.size() < ENOUGH_FINDS
        ? null
        : new Prior.Season(1, (double) northern / seen.size(), finds);
  }

  private Prior.@Nullable Place place(List<DatasetPhoto> train) {
    Map<String, Map<Cell, Integer>> finds = new TreeMap<>();
    Set<String> seen = new HashSet<>();
    for (DatasetPhoto photo : known(train)) {
      String cell = photo.cell();
      if (cell != null && seen.add(photo.label() + ' ' + photo.group())) {
        finds
            .computeIfAbsent(photo.label(), label -> new HashMap<>())
            .merge(Cell.parse(cell), 1, Integer::sum);
      }
    }
    return seen.size() < ENOUGH_FINDS ? null : new Prior.Place(1, finds);
  }

  private List<DatasetPhoto> known(List<DatasetPhoto> train) {
    Set<String> names = new HashSet<>();
    labels.labels().forEach(label -> names.add(label.label()));
    return train.stream().filter(photo -> names.contains(photo.label())).toList();
  }

  /** Mean negative log-likelihood of val's mushrooms, natural logarithm. */
  private double loss(
      @Nullable Prior prior,
      List<DatasetPhoto> photos,
      LabelledOutputs val,
      Calibration calibration) {
    SafetyPolicy policy = new SafetyPolicy(labels, calibration, catalogue, prior);
    double sum = 0;
    int counted = 0;
    for (int row = 0; row < val.size(); row++) {
      if (val.truth()[row] >= 0) {
        double right =
            policy.assess(
                    List.of(val.logits()[row]),
                    List.of(val.embeddings()[row]),
                    circumstances(photos.get(row)))
                .probabilities()[val.truth()[row]];
        sum -= Math.log(Math.max(right, 1e-12));
        counted++;
      }
    }
    return counted == 0 ? 0 : sum / counted;
  }

  private static Circumstances circumstances(DatasetPhoto photo) {
    String cell = photo.cell();
    return new Circumstances(photo.observedMonth(), cell == null ? null : Cell.parse(cell));
  }

  private static String sentence(
      Prior prior, double without, double with, List<DatasetPhoto> photos) {
    Prior.Season season = prior.season();
    Prior.Place place = prior.place();
    return String.format(
        Locale.ROOT,
        "Place and date, where they are given, weigh in with strength %.2f (date) and %.2f (place):"
            + " log-loss on val %.4f, without them %.4f; %d of %d photographs there have either."
            + " They never make a warning milder.",
        season == null ? 0 : season.strength(),
        place == null ? 0 : place.strength(),
        with,
        without,
        photos.stream()
            .filter(photo -> photo.observedMonth() != null || photo.cell() != null)
            .count(),
        photos.size());
  }
}
