package app.mushroom.collector.source;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.vision.decision.Cell;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.DoubleNode;

class SightingTest {
  @Test
  void namesCellsAsTheModelsThatLearnFromThemDo() {
    Random random = new Random(2);
    for (int round = 0; round < 10_000; round++) {
      double north = Math.round(18_000 * random.nextDouble() - 9_000) / 100.0;
      double east = Math.round(36_000 * random.nextDouble() - 18_000) / 100.0;
      if (north != 0 || east != 0) {
        assertThat(Sighting.cell(DoubleNode.valueOf(north), DoubleNode.valueOf(east)))
            .isEqualTo(Cell.of(north, east).toString());
      }
    }
  }
}
