package app.mushroom.api.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class RecordsPropertiesTest {

  @Test
  void aNumberAloneMeansDays() {
    assertThat(keep("365")).isEqualTo(Duration.ofDays(365));
    assertThat(keep("1")).isEqualTo(Duration.ofDays(1));
    assertThat(keep("0")).isZero();
    assertThat(keep("48h")).isEqualTo(Duration.ofDays(2));
  }

  @Test
  void nothingIsKeptForLessThanADay() {
    for (String tooShort : new String[] {"365ms", "23h", "-1d"}) {
      assertThatThrownBy(() -> keep(tooShort))
          .as(tooShort)
          .rootCause()
          .hasMessageContaining("MUSHROOM_RECORDS_KEEP")
          .hasMessageContaining("0 or a time of at least 86400s");
    }
  }

  private static Duration keep(String value) {
    return new Binder(new MapConfigurationPropertySource(Map.of("mushroom.records.keep", value)))
        .bindOrCreate("mushroom.records", RecordsProperties.class)
        .keep();
  }
}
