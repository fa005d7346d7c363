package app.mushroom.api.identification;

import app.mushroom.vision.decision.AnswerRank;
import app.mushroom.vision.decision.Assessment;
import app.mushroom.vision.decision.PoisonFlag;
import java.util.ArrayList;
import java.util.List;

/**
 * Every sentence of warning and advice, in one place. The rules: no sentence clears a mushroom for
 * eating, and silence must not be mistaken for it.
 */
public final class Sentences {
  /** Goes with every answer. */
  public static final String WARNING =
      "Never eat a mushroom on the word of an app. Photos mislead, and some mushrooms kill.";

  private static final String EMERGENCY =
      "If someone has eaten it, call your local poison centre or emergency number now. Do not wait"
          + " for symptoms, and keep what is left of the mushroom.";
  private static final String EXPERT =
      "Before it comes near a kitchen, show the whole mushroom to an expert.";
  private static final String MORE_PHOTOS =
      "Photograph the same find again: the cap from above, the underside, and the whole stem with"
          + " its base dug out, near and sharp, in daylight. Send them together.";
  private static final String NO_MUSHROOM_SEEN =
      "Go closer, so that one mushroom fills most of the photo.";
  private static final String SPECIES_OPEN =
      "Only the genus is recognised, and one genus can hold deadly species beside others.";
  private static final String WASH_HANDS = "Keep it away from children and pets.";

  private Sentences() {}

  static List<String> advice(Assessment assessment) {
    List<String> advice = new ArrayList<>();
    if (assessment.flag() == PoisonFlag.POISONOUS) {
      advice.add(EMERGENCY);
      advice.add(WASH_HANDS);
    }
    if (!assessment.isMushroom()) {
      advice.add(NO_MUSHROOM_SEEN);
    }
    if (assessment.rank() == AnswerRank.NONE) {
      advice.add(MORE_PHOTOS);
    } else if (assessment.rank() == AnswerRank.GENUS) {
      advice.add(SPECIES_OPEN);
      advice.add(MORE_PHOTOS);
    }
    if (assessment.flag() != PoisonFlag.POISONOUS) {
      advice.add(EMERGENCY);
    }
    advice.add(EXPERT);
    return List.copyOf(advice);
  }

  /**
   * What place and date were good for.
   *
   * @param given of {@code place} and {@code date}
   * @param used of those
   */
  static String circumstances(Assessment assessment, List<String> given, List<String> used) {
    if (!assessment.isMushroom()) {
      return "There is no mushroom in sight that place and date could tell anything about.";
    }
    String moved =
        used.isEmpty()
            ? ""
            : "The "
                + String.join(" and the ", used)
                + " moved the probabilities, which never makes a warning milder.";
    List<String> unused = given.stream().filter(one -> !used.contains(one)).toList();
    return unused.isEmpty()
        ? moved
        : (moved
                + " The "
                + String.join(" and the ", unused)
                + " changed nothing: this model knows too few finds like that.")
            .strip();
  }
}
