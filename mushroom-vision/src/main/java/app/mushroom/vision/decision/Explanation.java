package app.mushroom.vision.decision;

import app.mushroom.vision.species.Toxicity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Why the poison flag says what it says, in words and numbers for the person who asked. */
final class Explanation {
  /** How many labels are looked at: as many as an answer lists unless told otherwise. */
  private static final int LIKELIEST = 5;

  private static final double LEAST_SHOWN = 0.005;
  private static final double ROUNDING = 1e-6;

  private final LabelSet labels;
  private final Toxicities toxicities;

  Explanation(LabelSet labels, Toxicities toxicities) {
    this.labels = labels;
    this.toxicities = toxicities;
  }

  /** The sentence of the reason, and how many of the likeliest are poisonous. */
  String of(Verdict verdict, double[] probabilities, int[] ranking, double poison) {
    String sentence = verdict.reason().sentence();
    if (verdict.reason() == PoisonReason.NOT_A_MUSHROOM) {
      return sentence;
    }
    String count = count(verdict, probabilities, ranking, poison);
    return count.isEmpty() ? sentence : sentence + " " + count;
  }

  /** The same where only the photos say so, and place and date would say something milder. */
  String ofPhotosAlone(String explanation, Answer answer, boolean namesAnother) {
    return (namesAnother ? "By the photos alone it looks most like " + name(answer) + ". " : "")
        + explanation
        + " This goes by the photos alone: place and date never soften a warning.";
  }

  private String count(Verdict verdict, double[] probabilities, int[] ranking, double poison) {
    int named = Math.min(LIKELIEST, ranking.length);
    int[] poisonous =
        Arrays.stream(ranking, 0, named).filter(i -> toxicities.of(i).isPoisonous()).toArray();
    if (poisonous.length == 0) {
      return verdict.flag() == PoisonFlag.NOT_KNOWN_POISONOUS || poison < LEAST_SHOWN
          ? ""
          : "None of the %d likeliest is known to be poisonous, but all poisonous ones together reach %s."
              .formatted(named, percent(poison));
    }
    double together = Arrays.stream(poisonous).mapToDouble(i -> probabilities[i]).sum();
    String head =
        poisonous.length == 1
            ? "1 of the %d likeliest is poisonous, with %s".formatted(named, percent(together))
            : "%d of the %d likeliest are poisonous, together %s"
                .formatted(poisonous.length, named, percent(together));
    String rest =
        percent(poison).equals(percent(together))
            ? "."
            : "; with all others it could be, poisonous ones reach %s.".formatted(percent(poison));
    return head + rest + deadly(poisonous);
  }

  private String deadly(int[] poisonous) {
    List<String> names =
        Arrays.stream(poisonous)
            .filter(i -> toxicities.of(i) == Toxicity.DEADLY)
            .mapToObj(i -> labels.get(i).scientificName())
            .toList();
    return switch (names.size()) {
      case 0 -> "";
      case 1 -> " Among them is " + names.get(0) + ", which has killed people.";
      default -> " Among them are " + joined(names) + ", which have killed people.";
    };
  }

  private String name(Answer answer) {
    String name = String.valueOf(answer.name());
    return answer.isGenus()
        ? name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1)
        : labels.labels().stream()
            .filter(label -> label.label().equals(name))
            .map(Label::scientificName)
            .findFirst()
            .orElse(name);
  }

  private static String joined(List<String> names) {
    List<String> first = names.subList(0, names.size() - 1);
    return String.join(", ", first) + " and " + names.get(names.size() - 1);
  }

  /** Never 0 % of what is there, never 100 % of what is not certain. */
  static String percent(double share) {
    if (share < LEAST_SHOWN) {
      return "less than 1 %";
    }
    return share > 0.995 && share < 1 - ROUNDING
        ? "more than 99 %"
        : Math.round(100 * share) + " %";
  }
}
