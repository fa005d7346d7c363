package app.mushroom.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Two processes, one pointer: exactly one may win each round. */
final class Race {
  private Race() {}

  static void run(ObjectStore store, int rounds, Map<String, String> environment) throws Exception {
    try (OtherJvm a = OtherJvm.start(Contender.class, "128m", environment, store.location(), "a");
        OtherJvm b = OtherJvm.start(Contender.class, "128m", environment, store.location(), "b")) {
      long generation = 0;
      for (int round = 1; round <= rounds; round++) {
        assertThat(List.of(a.line(), b.line())).containsOnly("ready");
        String go = "round " + round;
        (round % 2 == 0 ? a : b).send(go);
        (round % 2 == 0 ? b : a).send(go);
        String ofA = a.line();
        String ofB = b.line();
        assertThat(List.of(ofA.split(" ")[0], ofB.split(" ")[0]))
            .as("round %d", round)
            .containsExactlyInAnyOrder("won", "lost");
        String winner = ofA.startsWith("won") ? "a" : "b";
        assertThat(store.readBytes(Contender.POINTER, 100))
            .asString(StandardCharsets.UTF_8)
            .isEqualTo(winner + " " + go);
        long won = Long.parseLong((winner.equals("a") ? ofA : ofB).split(" ")[1]);
        assertThat(won).isGreaterThan(generation);
        generation = won;
      }
      a.send("end");
      b.send("end");
      assertThat(a.exitCode()).isZero();
      assertThat(b.exitCode()).isZero();
    }
  }
}
