package app.mushroom.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ApiPropertiesTest {

  @Test
  void theDefaultsNeedNothing() {
    ApiProperties properties = bind(Map.of());
    assertThat(properties.inference().threads()).isPositive();
    assertThat(properties.inference().queue()).isEqualTo(32);
    assertThat(properties.clients().uploads().toMegabytes()).isEqualTo(256);
  }

  @ParameterizedTest
  @CsvSource({
    "inference.threads, -1",
    "inference.queue, -1",
    "inference.spares, -1",
    "inference.start-within, 0s",
    "inference.limit, -1s",
    "inference.stalled-after, 0s",
    "inference.caller-share, 0",
    "inference.caller-share, 1.1",
    "inference.caller-share, NaN",
    "clients.patience, 0s",
    "clients.least-rate, -1B",
    "clients.uploads, 0B",
    "clients.linger, -1s",
    "seen.photos, -1",
    "recent.bytes, 1025MB",
  })
  void whatCannotBeIsRefusedWithItsName(String setting, String value) {
    String group = setting.substring(0, setting.indexOf('.'));
    assertThatThrownBy(() -> bind(Map.of("mushroom." + setting, value)))
        .rootCause()
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Expected mushroom." + group);
  }

  private static ApiProperties bind(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("mushroom", ApiProperties.class);
  }
}
