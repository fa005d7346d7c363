package app.mushroom.trainer.evaluation;

import app.mushroom.vision.decision.Label;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.species.SpeciesCatalogue;
import app.mushroom.vision.species.Toxicity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How well one label or genus is recognised, the likeliest label of each photo counting as its
 * answer, and what the poison flag said of its photos.
 *
 * @param name label, or genus in lower case
 * @param toxicity of the label the worse of what the model was taught and the catalogue knows; of
 *     the genus the worst that the catalogue knows
 * @param support photos that show it
 * @param answers photos that were taken for it, rightly or not
 * @param right photos that show it and were taken for it
 * @param precision right / answers; null without answers
 * @param recall right / support; null without support
 * @param f1 2 * right / (support + answers); null without support
 * @param flags on the photos that show it
 * @param trainingPhotos that the model learned it from; null where the dataset is not at hand
 */
public record ClassScore(
    String name,
    Toxicity toxicity,
    int support,
    int answers,
    int right,
    @Nullable Double precision,
    @Nullable Double recall,
    @Nullable Double f1,
    FlagCounts flags,
    @Nullable Integer trainingPhotos) {

  /** A score for every label, in the order of the logits. */
  static List<ClassScore> ofLabels(
      List<AssessedPhoto> mushrooms,
      LabelToxicities toxicities,
      @Nullable TrainingPhotos training) {
    LabelSet labels = toxicities.labels();
    Counts counts = new Counts(mushrooms, label -> labels.get(label).label());
    return IntStream.range(0, labels.size())
        .mapToObj(
            label -> {
              String name = labels.get(label).label();
              return counts.score(
                  name, toxicities.of(label), training == null ? null : training.of(name));
            })
        .toList();
  }

  /** A score for every genus, in alphabetical order; a label without genus is one of its own. */
  static List<ClassScore> ofGenera(
      List<AssessedPhoto> mushrooms,
      LabelSet labels,
      SpeciesCatalogue catalogue,
      @Nullable TrainingPhotos training) {
    Counts counts = new Counts(mushrooms, label -> genus(labels.get(label)));
    Map<String, Integer> photos = new HashMap<>();
    if (training != null) {
      labels
          .labels()
          .forEach(label -> photos.merge(genus(label), training.of(label.label()), Integer::sum));
    }
    return labels.labels().stream()
        .map(ClassScore::genus)
        .distinct()
        .sorted()
        .map(genus -> counts.score(genus, catalogue.genusToxicity(genus), photos.get(genus)))
        .toList();
  }

  /** In lower case; a label without genus is one of its own. */
  public static String genus(Label label) {
    String genus = label.genus();
    return genus == null ? label.label() : genus.toLowerCase(Locale.ROOT);
  }

  /** Photos by the class they show, and how often each class was the answer. */
  private static final class Counts {

    private final Map<String, List<AssessedPhoto>> shown = new HashMap<>();
    private final Map<String, Integer> answers = new HashMap<>();
    private final Map<String, Integer> right = new HashMap<>();

    Counts(List<AssessedPhoto> mushrooms, IntFunction<String> classOf) {
      for (AssessedPhoto photo : mushrooms) {
        String truth = classOf.apply(photo.truth());
        String answer = classOf.apply(photo.likeliest());
        shown.computeIfAbsent(truth, name -> new ArrayList<>()).add(photo);
        answers.merge(answer, 1, Integer::sum);
        right.merge(truth, truth.equals(answer) ? 1 : 0, Integer::sum);
      }
    }

    ClassScore score(String name, Toxicity toxicity, @Nullable Integer trainingPhotos) {
      List<AssessedPhoto> photos = shown.getOrDefault(name, List.of());
      int support = photos.size();
      int named = answers.getOrDefault(name, 0);
      int hits = right.getOrDefault(name, 0);
      return new ClassScore(
          name,
          toxicity,
          support,
          named,
          hits,
          named == 0 ? null : (double) hits / named,
          support == 0 ? null : (double) hits / support,
          support == 0 ? null : 2.0 * hits / (support + named),
          FlagCounts.of(photos),
          trainingPhotos);
    }
  }
}
