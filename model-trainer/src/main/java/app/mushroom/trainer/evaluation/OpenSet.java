package app.mushroom.trainer.evaluation;

import app.mushroom.vision.decision.AnswerRank;
import app.mushroom.vision.decision.Band;
import app.mushroom.vision.species.Species;
import app.mushroom.vision.species.SpeciesCatalogue;
import app.mushroom.vision.species.Toxicity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the model says to mushrooms that it was never taught. No name it can give is right, so the
 * fewer it names the better; the genus may be.
 *
 * @param photos how many
 * @param species named as some species
 * @param confident of those, named with the band "very likely"
 * @param genus answered with a genus only
 * @param rightGenus of those, with the right one
 * @param notSure answered with no name
 * @param refused taken for no mushroom
 * @param flags what the poison flag said
 * @param poisonousFlags what it said to those that the catalogue calls poisonous
 * @param knownConfidence how well the likeliest label's probability tells known labels from these;
 *     null without photos of known labels
 * @param knownEnergy the same by energy
 * @param labels each label, in alphabetical order
 */
public record OpenSet(
    int photos,
    int species,
    int confident,
    int genus,
    int rightGenus,
    int notSure,
    int refused,
    FlagCounts flags,
    FlagCounts poisonousFlags,
    OutOfDistribution.@Nullable Separation knownConfidence,
    OutOfDistribution.@Nullable Separation knownEnergy,
    List<UnknownLabel> labels) {

  /**
   * @param toxicity as the catalogue knows it; unknown where it does not
   * @param species photos named as some species
   */
  public record UnknownLabel(
      String label, Toxicity toxicity, int photos, int species, FlagCounts flags) {}

  public OpenSet {
    labels = List.copyOf(labels);
  }

  /**
   * @return null without photos of unknown labels
   */
  static @Nullable OpenSet of(
      List<AssessedPhoto> unknown, List<AssessedPhoto> known, SpeciesCatalogue catalogue) {
    if (unknown.isEmpty()) {
      return null;
    }
    Map<String, List<AssessedPhoto>> byLabel = new TreeMap<>();
    unknown.forEach(
        photo ->
            byLabel.computeIfAbsent(photo.photo().label(), name -> new ArrayList<>()).add(photo));
    List<UnknownLabel> labels = new ArrayList<>();
    byLabel.forEach(
        (label, photos) ->
            labels.add(
                new UnknownLabel(
                    label,
                    toxicity(label, catalogue),
                    photos.size(),
                    count(photos, AnswerRank.SPECIES),
                    FlagCounts.of(photos))));
    OutOfDistribution apart = OutOfDistribution.of(known, unknown, 0.5);
    int refused = (int) unknown.stream().filter(p -> !p.assessment().isMushroom()).count();
    return new OpenSet(
        unknown.size(),
        count(unknown, AnswerRank.SPECIES),
        (int) unknown.stream().filter(OpenSet::isConfident).count(),
        count(unknown, AnswerRank.GENUS),
        (int) unknown.stream().filter(OpenSet::isRightGenus).count(),
        count(unknown, AnswerRank.NONE) - refused,
        refused,
        FlagCounts.of(unknown),
        FlagCounts.of(
            unknown.stream()
                .filter(photo -> toxicity(photo.photo().label(), catalogue).isPoisonous())
                .toList()),
        apart == null ? null : apart.confidence(),
        apart == null ? null : apart.energy(),
        labels);
  }

  private static Toxicity toxicity(String label, SpeciesCatalogue catalogue) {
    return catalogue.find(label).map(Species::toxicity).orElse(Toxicity.UNKNOWN);
  }

  private static int count(Collection<AssessedPhoto> photos, AnswerRank rank) {
    return (int) photos.stream().filter(photo -> photo.assessment().rank() == rank).count();
  }

  private static boolean isConfident(AssessedPhoto photo) {
    return photo.assessment().rank() == AnswerRank.SPECIES
        && photo.assessment().band() == Band.VERY_LIKELY;
  }

  private static boolean isRightGenus(AssessedPhoto photo) {
    String genus = photo.photo().genus();
    return photo.assessment().rank() == AnswerRank.GENUS
        && genus != null
        && genus.equalsIgnoreCase(photo.assessment().answer());
  }
}
