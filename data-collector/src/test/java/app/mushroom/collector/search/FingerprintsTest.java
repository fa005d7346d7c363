package app.mushroom.collector.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FingerprintsTest {

  @Test
  void remembersWhatAMapWould() {
    Fingerprints fingerprints = new Fingerprints();
    Map<String, Integer> map = new HashMap<>();
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      String text = "text " + random.nextInt(10_000);
      fingerprints.put(text, i);
      map.put(text, i);
    }
    for (int i = 0; i < 10_000; i++) {
      String text = "text " + i;
      assertThat(fingerprints.get(text)).isEqualTo(map.getOrDefault(text, Fingerprints.NONE));
    }
  }

  @Test
  void knowsNothingAtFirst() {
    assertThat(new Fingerprints().get("")).isEqualTo(Fingerprints.NONE);
  }
}
