package app.mushroom.vision.decision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PoisonReasonTest {
  @ParameterizedTest
  @EnumSource
  void isASentenceThatPromisesNothing(PoisonReason reason) {
    assertThat(reason.sentence())
        .matches("[A-Z].*\\.")
        .doesNotContainIgnoringCase("safe")
        .doesNotContainIgnoringCase("edible")
        .doesNotContainIgnoringCase("harmless");
  }
}
