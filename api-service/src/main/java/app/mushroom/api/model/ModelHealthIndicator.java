package app.mushroom.api.model;

import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/**
 * Up once a model has passed its golden cases; the store's health plays no part, nor do versions
 * that hang while they are loaded: the last good one serves.
 */
@Component("model")
class ModelHealthIndicator implements HealthIndicator {
  private final ServingModel serving;
  private final LoadLimit loading;

  ModelHealthIndicator(ServingModel serving, LoadLimit loading) {
    this.serving = serving;
    this.loading = loading;
  }

  @Override
  public Health health() {
    Health.Builder health =
        serving
            .version()
            .map(version -> Health.up().withDetail("version", version))
            .orElseGet(Health::outOfService);
    List<String> hung = loading.hung();
    return hung.isEmpty() ? health.build() : health.withDetail("loadingHangs", hung).build();
  }
}
