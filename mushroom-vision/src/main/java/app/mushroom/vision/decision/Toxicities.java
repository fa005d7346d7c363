package app.mushroom.vision.decision;

import app.mushroom.vision.species.Species;
import app.mushroom.vision.species.SpeciesCatalogue;
import app.mushroom.vision.species.Toxicity;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** How poisonous each label and genus is: of what model and catalogue say, the worse. */
final class Toxicities {
  private final Toxicity[] byLabel;
  private final Map<String, Toxicity> byGenus = new HashMap<>();

  Toxicities(LabelSet labels, SpeciesCatalogue catalogue) {
    byLabel = new Toxicity[labels.size()];
    for (int i = 0; i < byLabel.length; i++) {
      Label label = labels.get(i);
      Toxicity known =
          catalogue.find(label.label()).map(Species::toxicity).orElse(label.toxicity());
      byLabel[i] = label.toxicity().worse(known);
      String genus = genusOf(label);
      if (genus != null) {
        byGenus.merge(genus, byLabel[i].worse(catalogue.genusToxicity(genus)), Toxicity::worse);
      }
    }
  }

  static @Nullable String genusOf(Label label) {
    return label.genus() == null ? null : label.genus().toLowerCase(Locale.ROOT);
  }

  Toxicity of(int label) {
    return byLabel[label];
  }

  Toxicity ofGenus(String genus) {
    return byGenus.getOrDefault(genus, Toxicity.UNKNOWN);
  }

  /** The summed probability of the labels whose toxicity is asked for. */
  double sum(double[] probabilities, Predicate<Toxicity> which) {
    double sum = 0;
    for (int i = 0; i < probabilities.length; i++) {
      if (which.test(byLabel[i])) {
        sum += probabilities[i];
      }
    }
    return Math.min(1, sum);
  }
}
