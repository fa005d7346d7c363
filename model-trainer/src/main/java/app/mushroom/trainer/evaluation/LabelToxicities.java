package app.mushroom.trainer.evaluation;

import app.mushroom.vision.decision.Label;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.species.Species;
import app.mushroom.vision.species.SpeciesCatalogue;
import app.mushroom.vision.species.Toxicity;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How poisonous each label of a model is, as its answers are judged: of what {@code labels.json}
 * and the catalogue say, the worse counts. {@link app.mushroom.vision.decision.SafetyPolicy} warns
 * by the same rule, so that a model is never measured against a milder truth than it serves.
 */
public final class LabelToxicities {

  private final LabelSet labels;
  private final List<Toxicity> toxicities;

  public LabelToxicities(LabelSet labels, SpeciesCatalogue catalogue) {
    this.labels = labels;
    this.toxicities = labels.labels().stream().map(label -> worse(label, catalogue)).toList();
  }

  private static Toxicity worse(Label label, SpeciesCatalogue catalogue) {
    return label
        .toxicity()
        .worse(catalogue.find(label.label()).map(Species::toxicity).orElse(label.toxicity()));
  }

  public LabelSet labels() {
    return labels;
  }

  /**
   * @param label an index of the labels
   */
  public Toxicity of(int label) {
    return toxicities.get(label);
  }

  /**
   * @param label an index of the labels, or a negative number for none of them
   */
  public boolean isPoisonous(int label) {
    return label >= 0 && of(label).isPoisonous();
  }

  /** The names of all labels that count as poisonous. */
  public Set<String> poisonous() {
    return IntStream.range(0, labels.size())
        .filter(this::isPoisonous)
        .mapToObj(label -> labels.get(label).label())
        .collect(Collectors.toSet());
  }
}
