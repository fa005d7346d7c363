package app.mushroom.trainer.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The headline figures of some of the mushroom photos.
 *
 * @param name what they have in common
 * @param poisonous how many of them show a poisonous label
 * @param figures without photos of anything but mushrooms
 * @param intervals of the figures, by their name
 */
public record Group(String name, int poisonous, Figures figures, Map<String, Interval> intervals) {

  private static final String NO_TIER = "none stated";
  private static final int[] TRAINING_PHOTOS = {0, 1, 15, 25, 50, 100, 200};

  static List<Group> byTier(
      List<AssessedPhoto> mushrooms, LabelToxicities toxicities, Bootstrap bootstrap) {
    Map<String, List<AssessedPhoto>> tiers = new TreeMap<>();
    List<AssessedPhoto> without = new ArrayList<>();
    for (AssessedPhoto photo : mushrooms) {
      String tier = photo.photo().tier();
      (tier == null ? without : tiers.computeIfAbsent(tier, name -> new ArrayList<>())).add(photo);
    }
    List<Group> groups = new ArrayList<>();
    tiers.forEach((tier, photos) -> groups.add(of(tier, photos, toxicities, bootstrap)));
    if (!without.isEmpty()) {
      groups.add(of(NO_TIER, without, toxicities, bootstrap));
    }
    return List.copyOf(groups);
  }

  /** By how many photos the model learned the label from; ranges without a photo are left out. */
  static List<Group> byTrainingPhotos(
      List<AssessedPhoto> mushrooms,
      LabelToxicities toxicities,
      TrainingPhotos training,
      Bootstrap bootstrap) {
    List<Group> groups = new ArrayList<>();
    for (int i = 0; i < TRAINING_PHOTOS.length; i++) {
      int from = TRAINING_PHOTOS[i];
      int to = i + 1 < TRAINING_PHOTOS.length ? TRAINING_PHOTOS[i + 1] : Integer.MAX_VALUE;
      List<AssessedPhoto> photos =
          mushrooms.stream()
              .filter(
                  photo -> {
                    int learned = training.of(toxicities.labels().get(photo.truth()).label());
                    return learned >= from && learned < to;
                  })
              .toList();
      if (!photos.isEmpty()) {
        groups.add(of(range(from, to), photos, toxicities, bootstrap));
      }
    }
    return List.copyOf(groups);
  }

  private static String range(int from, int to) {
    if (to == Integer.MAX_VALUE) {
      return from + " or more";
    }
    return to == from + 1 ? String.valueOf(from) : from + " to " + (to - 1);
  }

  private static Group of(
      String name, List<AssessedPhoto> photos, LabelToxicities toxicities, Bootstrap bootstrap) {
    Tally tally = new Tally(toxicities);
    photos.forEach(tally::add);
    int poisonous = (int) photos.stream().filter(photo -> photo.isPoisonous(toxicities)).count();
    return new Group(name, poisonous, tally.figures(), tally.intervals(bootstrap));
  }
}
