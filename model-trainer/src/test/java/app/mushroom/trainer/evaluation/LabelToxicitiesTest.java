package app.mushroom.trainer.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.vision.decision.Label;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.species.SpeciesCatalogue;
import app.mushroom.vision.species.Toxicity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What labels.json and the catalogue say about a label need not be the same: the worse counts. */
class LabelToxicitiesTest {

  private static final String KNOWN_DEADLY = "galerina_marginata";

  private static final LabelSet LABELS =
      new LabelSet(
          List.of(
              label(KNOWN_DEADLY, Toxicity.NOT_KNOWN_POISONOUS),
              label("boletus_edulis", Toxicity.POISONOUS),
              label("lepista_nuda", Toxicity.UNKNOWN)));

  @Test
  void theWorseCounts() {
    LabelToxicities toxicities = new LabelToxicities(LABELS, SpeciesCatalogue.load());
    assertThat(toxicities.of(0)).isEqualTo(Toxicity.DEADLY);
    assertThat(toxicities.of(1)).isEqualTo(Toxicity.POISONOUS);
    assertThat(toxicities.isPoisonous(2)).isFalse();
    assertThat(toxicities.isPoisonous(LabelledOutputs.NOT_MUSHROOM)).isFalse();
    assertThat(toxicities.poisonous()).containsExactlyInAnyOrder(KNOWN_DEADLY, "boletus_edulis");
  }

  @Test
  void everyFigureGoesByIt() {
    // The deadly one is called a wood blewit twice, once with and once without a warning.
    Examination examination =
        new Cases(LABELS)
            .photo(0, 0.01, 0.01, 0.98)
            .photo(0, 0.35, 0.01, 0.64)
            .photo(1, 0.01, 0.98, 0.01)
            .photo(2, 0.35, 0.01, 0.64)
            .examination();
    EvaluationDetails details = examination.details(null, new Bootstrap(20, 1));
    assertThat(details.figures().poisonRecall()).isEqualTo(2 / 3.0);
    assertThat(details.figures().falsePoisonAlarms()).isOne();
    assertThat(details.poisonCosts().poisonous()).isEqualTo(new FlagCounts(2, 0, 1));
    assertThat(details.poisonCosts().rest()).isEqualTo(new FlagCounts(1, 0, 0));
    assertThat(details.poisonCosts().likeliestLabel()).isEqualTo(200 / 4.0);
    assertThat(details.missed())
        .singleElement()
        .extracting(Confusion::truth)
        .isEqualTo(KNOWN_DEADLY);
    assertThat(details.misnamed()).singleElement().extracting(Confusion::photos).isEqualTo(2);
    assertThat(details.labels()).extracting(ClassScore::toxicity).startsWith(Toxicity.DEADLY);
    assertThat(details.tiers()).singleElement().extracting(Group::poisonous).isEqualTo(3);
    assertThat(details.poisonReliability().get(0).share()).as("the first of one photo").isOne();
  }

  private static Label label(String name, Toxicity toxicity) {
    return new Label(name, "species", name, name.substring(0, name.indexOf('_')), toxicity);
  }
}
