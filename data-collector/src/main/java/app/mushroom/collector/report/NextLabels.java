package app.mushroom.collector.report;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import app.mushroom.vision.species.LookAlike;
import app.mushroom.vision.species.Species;
import app.mushroom.vision.species.SpeciesCatalogue;
import app.mushroom.vision.species.Toxicity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Of which mushrooms a dataset needs photos most. The same photos always give the same answer.
 *
 * @param target photos that every label should have: the median of the labels, in tens, at least
 *     {@link #MIN_TARGET} and at most {@link #MAX_TARGET}
 * @param scarce labels of the dataset, those that need photos most first: poisonous ones, then what
 *     has no photo in val or test, then by photos
 * @param missing poisonous and deadly species of the catalogue without a single photo, the deadly
 *     first, then those that a mushroom of the dataset is mistaken for
 */
record NextLabels(int target, List<Scarce> scarce, List<Missing> missing) {
  static final int MIN_TARGET = 50;
  static final int MAX_TARGET = 200;

  /** With fewer finds than this, val and test hold one each at the usual shares, if any. */
  static final int MIN_FINDS = 10;

  /** What commands take without {@code --dataset}. */
  private static final String USUAL_DATASET = "mushrooms";

  /**
   * A label of the dataset that needs photos.
   *
   * @param toxicity unknown for labels that the catalogue has not
   * @param finds groups that its photos belong to
   */
  record Scarce(
      String label,
      Toxicity toxicity,
      int photos,
      int finds,
      boolean withoutVal,
      boolean withoutTest) {}

  /**
   * A dangerous species that the dataset lacks.
   *
   * @param mistakenFor scientific names of species in the dataset that it is mistaken for, sorted
   */
  record Missing(Species species, List<String> mistakenFor) {}

  NextLabels {
    scarce = List.copyOf(scarce);
    missing = List.copyOf(missing);
  }

  static NextLabels of(List<DatasetPhoto> photos, SpeciesCatalogue catalogue) {
    Map<String, List<DatasetPhoto>> byLabel =
        photos.stream()
            .filter(photo -> photo.rank() != LabelRank.NONE)
            .collect(Collectors.groupingBy(DatasetPhoto::label, TreeMap::new, Collectors.toList()));
    int target = target(byLabel.values().stream().map(List::size).sorted().toList());
    List<Scarce> scarce = new ArrayList<>();
    byLabel.forEach(
        (label, of) -> {
          Scarce found = scarce(label, of, catalogue);
          if (found.photos() < target
              || found.finds() < MIN_FINDS
              || found.withoutVal()
              || found.withoutTest()) {
            scarce.add(found);
          }
        });
    scarce.sort(
        Comparator.comparing((Scarce label) -> !label.toxicity().isPoisonous())
            .thenComparing(label -> !(label.withoutVal() || label.withoutTest()))
            .thenComparing(Scarce::photos)
            .thenComparing(Scarce::toxicity)
            .thenComparing(Scarce::label));
    return new NextLabels(target, scarce, missing(byLabel, catalogue));
  }

  private static int target(List<Integer> sorted) {
    int median = sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2);
    return Math.max(MIN_TARGET, Math.min(MAX_TARGET, (median + 9) / 10 * 10));
  }

  private static Scarce scarce(
      String label, List<DatasetPhoto> photos, SpeciesCatalogue catalogue) {
    return new Scarce(
        label,
        catalogue.find(label).map(Species::toxicity).orElse(Toxicity.UNKNOWN),
        photos.size(),
        (int) photos.stream().map(DatasetPhoto::group).distinct().count(),
        photos.stream().noneMatch(photo -> photo.split() == Split.VAL),
        photos.stream().noneMatch(photo -> photo.split() == Split.TEST));
  }

  private static List<Missing> missing(
      Map<String, List<DatasetPhoto>> byLabel, SpeciesCatalogue catalogue) {
    Map<String, TreeSet<String>> mistaken = new TreeMap<>();
    for (String label : byLabel.keySet()) {
      Optional<Species> species = catalogue.find(label);
      for (LookAlike other : species.map(Species::lookAlikes).orElse(List.of())) {
        String otherLabel = other.label();
        if (species.isPresent() && otherLabel != null) {
          mistaken
              .computeIfAbsent(otherLabel, missing -> new TreeSet<>())
              .add(species.get().scientificName());
        }
      }
    }
    return catalogue.all().stream()
        .filter(species -> species.rank().equals("species") && species.toxicity().isPoisonous())
        .filter(species -> !byLabel.containsKey(species.label()))
        .map(
            species ->
                new Missing(
                    species, List.copyOf(mistaken.getOrDefault(species.label(), new TreeSet<>()))))
        .sorted(
            Comparator.comparing((Missing missing) -> missing.species().toxicity())
                .thenComparing(missing -> missing.mistakenFor().isEmpty())
                .thenComparing(missing -> missing.species().label()))
        .toList();
  }

  /** What to type to get photos of these. */
  String command(String dataset, Stream<String> labels) {
    return "./mushroom collect search --labels "
        + labels.collect(Collectors.joining(","))
        + " --per-label "
        + target
        + " --sources inaturalist,gbif"
        + (dataset.equals(USUAL_DATASET) ? "" : " --dataset " + dataset);
  }
}
