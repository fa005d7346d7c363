package app.mushroom.trainer.report;

import app.mushroom.storage.dataset.Split;
import app.mushroom.trainer.evaluation.EvaluationDetails;
import app.mushroom.trainer.evaluation.Examination;
import java.util.Locale;

/**
 * What the report tells of one split.
 *
 * @param details of the examination
 */
public record Part(Split split, Examination examination, EvaluationDetails details) {

  String name() {
    return split.name().toLowerCase(Locale.ROOT);
  }

  /** An id on the page that no other part has. */
  String id(String what) {
    return name() + "-" + what;
  }

  /** How many photos there are of poisonous labels. */
  int poisonous() {
    return details.poisonCosts().poisonous().photos();
  }
}
