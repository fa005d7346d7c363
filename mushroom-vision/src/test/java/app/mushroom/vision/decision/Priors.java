package app.mushroom.vision.decision;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Priors for tests of decisions. */
final class Priors {
  static final Cell HERE = Cell.parse("45,10");
  static final Cell SOUTH = Cell.parse("-35,145");

  private Priors() {}

  /** Twelve counts, all in one month. */
  static List<Integer> allIn(int month, int finds) {
    List<Integer> counts = new ArrayList<>(java.util.Collections.nCopies(12, 0));
    counts.set(month - 1, finds);
    return counts;
  }

  static Prior season(Map<String, List<Integer>> finds) {
    return new Prior(20, 5, new Prior.Season(1, 1, finds), null);
  }

  static Prior place(Map<String, Map<Cell, Integer>> finds) {
    return new Prior(20, 5, null, new Prior.Place(1, finds));
  }

  /** Anything that the format allows, the most lopsided included. */
  static Prior random(Random random) {
    Map<String, List<Integer>> months = new HashMap<>();
    Map<String, Map<Cell, Integer>> cells = new HashMap<>();
    for (Label label : Decisions.LABELS.labels()) {
      if (random.nextInt(6) > 0) {
        List<Integer> counts = new ArrayList<>();
        for (int month = 0; month < 12; month++) {
          counts.add(random.nextInt(3) == 0 ? random.nextInt(500) : 0);
        }
        months.put(label.label(), counts);
      }
      if (random.nextInt(6) > 0) {
        cells.put(
            label.label(),
            Map.of(HERE, random.nextInt(500), SOUTH, random.nextInt(3) * random.nextInt(500)));
      }
    }
    return new Prior(
        0.5 + random.nextInt(50),
        1 + 4 * random.nextDouble(),
        random.nextInt(4) == 0
            ? null
            : new Prior.Season(random.nextDouble(), random.nextDouble(), months),
        random.nextInt(4) == 0 ? null : new Prior.Place(random.nextDouble(), cells));
  }

  static Circumstances randomCircumstances(Random random) {
    return new Circumstances(
        random.nextInt(4) == 0 ? null : Integer.valueOf(1 + random.nextInt(12)),
        switch (random.nextInt(4)) {
          case 0 -> null;
          case 1 -> SOUTH;
          default -> HERE;
        });
  }
}
