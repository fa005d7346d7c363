package app.mushroom.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What is set wrong is said at the start, with what to set instead. */
class ModelSettingsTest {

  @Test
  void needNotBeSet() {
    ApiProperties.Model model = bind(Map.of("mushroom.store", "folder")).model();
    assertThat(model.notifications()).isEmpty();
    assertThat(model.challenger()).isEmpty();
    assertThat(model.loaded()).isEqualTo(2);
  }

  @Test
  void takesASubscriptionForABucket() {
    String name = "projects/my-project/subscriptions/models-api-1";
    ApiProperties properties =
        bind(Map.of("mushroom.store", "gs://bucket", "mushroom.model.notifications", name));
    assertThat(properties.model().notifications()).isEqualTo(name);
    assertThatThrownBy(() -> bind(Map.of("mushroom.model.notifications", name)))
        .rootCause()
        .hasMessageContaining("Expected MUSHROOM_STORE to be a bucket");
  }

  @ParameterizedTest
  @CsvSource({
    "notifications,models",
    "notifications,projects/p/topics/t",
    "notifications,projects/../subscriptions/models",
    "challenger,../3",
    "challenger,gs://bucket/3",
    "shadow-share,1.1",
    "shadow-share,-0.1",
    "shadow-share,NaN",
    "loaded,0",
    "load-wait,0s",
    "load-limit,0s",
    "poll-every,0s",
    "retry-at-most,-1s",
    "starter-after,-1s",
    "refused-for,-1s"
  })
  void areRefusedByName(String name, String value) {
    assertThatThrownBy(
            () -> bind(Map.of("mushroom.store", "gs://bucket", "mushroom.model." + name, value)))
        .rootCause()
        .hasMessageStartingWith("Expected mushroom.model." + name + " ")
        .hasMessageContaining("found '");
  }

  private static ApiProperties bind(Map<String, String> settings) {
    return new Binder(new MapConfigurationPropertySource(settings))
        .bindOrCreate("mushroom", ApiProperties.class);
  }
}
