package app.mushroom.trainer.evaluation;

import app.mushroom.vision.decision.AnswerRank;
import app.mushroom.vision.species.SpeciesCatalogue;
import app.mushroom.vision.species.Toxicity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Two mushrooms that were mixed up, of which one is poisonous.
 *
 * @param truth label of what the photos show
 * @param truthToxicity of that label
 * @param answer label or genus that they were taken for
 * @param answerToxicity of that label, or the worst known of that genus
 * @param photos how many
 * @param flags what the poison flag said to them
 * @param sha256 which photos
 */
public record Confusion(
    String truth,
    Toxicity truthToxicity,
    String answer,
    Toxicity answerToxicity,
    int photos,
    FlagCounts flags,
    List<String> sha256) {

  private static final Comparator<Confusion> MOST_FIRST =
      Comparator.comparingInt((Confusion pair) -> -pair.photos())
          .thenComparing(Confusion::truth)
          .thenComparing(Confusion::answer);

  private record Answer(String name, Toxicity toxicity) {}

  private record Pair(int truth, Answer answer) {}

  public Confusion {
    sha256 = List.copyOf(sha256);
  }

  /** Photos of poisonous labels that got no warning, by what they were called. */
  static List<Confusion> missed(
      List<AssessedPhoto> mushrooms, LabelToxicities toxicities, SpeciesCatalogue catalogue) {
    return pairs(
        mushrooms,
        toxicities,
        photo -> photo.isPoisonous(toxicities) && photo.isUnwarned(),
        photo -> given(photo, toxicities, catalogue));
  }

  /** Photos of other labels that were flagged poisonous, by what they were called. */
  static List<Confusion> falseAlarms(
      List<AssessedPhoto> mushrooms, LabelToxicities toxicities, SpeciesCatalogue catalogue) {
    return pairs(
        mushrooms,
        toxicities,
        photo -> !photo.isPoisonous(toxicities) && photo.isFlagged(),
        photo -> given(photo, toxicities, catalogue));
  }

  /**
   * Photos of poisonous labels whose likeliest label is not poisonous, whatever the flag said: what
   * would be missed without it.
   */
  static List<Confusion> misnamed(List<AssessedPhoto> mushrooms, LabelToxicities toxicities) {
    return pairs(
        mushrooms,
        toxicities,
        photo -> photo.isPoisonous(toxicities) && !toxicities.isPoisonous(photo.likeliest()),
        photo -> named(photo.likeliest(), toxicities));
  }

  private static List<Confusion> pairs(
      List<AssessedPhoto> mushrooms,
      LabelToxicities toxicities,
      Predicate<AssessedPhoto> which,
      Function<AssessedPhoto, Answer> answer) {
    Map<Pair, List<AssessedPhoto>> pairs = new LinkedHashMap<>();
    mushrooms.stream()
        .filter(which)
        .forEach(
            photo ->
                pairs
                    .computeIfAbsent(
                        new Pair(photo.truth(), answer.apply(photo)), pair -> new ArrayList<>())
                    .add(photo));
    List<Confusion> confusions = new ArrayList<>();
    pairs.forEach(
        (pair, photos) ->
            confusions.add(
                new Confusion(
                    toxicities.labels().get(pair.truth()).label(),
                    toxicities.of(pair.truth()),
                    pair.answer().name(),
                    pair.answer().toxicity(),
                    photos.size(),
                    FlagCounts.of(photos),
                    photos.stream().map(photo -> photo.photo().sha256()).toList())));
    confusions.sort(MOST_FIRST);
    return List.copyOf(confusions);
  }

  /** The answer that a person would have got; the likeliest label where there was none. */
  private static Answer given(
      AssessedPhoto photo, LabelToxicities toxicities, SpeciesCatalogue catalogue) {
    String name = photo.assessment().answer();
    if (photo.assessment().rank() == AnswerRank.GENUS && name != null) {
      return new Answer(name, catalogue.genusToxicity(name));
    }
    return named(photo.likeliest(), toxicities);
  }

  private static Answer named(int label, LabelToxicities toxicities) {
    return new Answer(toxicities.labels().get(label).label(), toxicities.of(label));
  }
}
