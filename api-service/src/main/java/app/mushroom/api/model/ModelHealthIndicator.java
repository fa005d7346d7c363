package app.mushroom.api.model;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Up once a model has passed its golden cases; the store's health plays no part. */
@Component("model")
class ModelHealthIndicator implements HealthIndicator {
  private final ServingModel serving;

  ModelHealthIndicator(ServingModel serving) {
    this.serving = serving;
  }

  @Override
  public Health health() {
    return serving
        .version()
        .map(version -> Health.up().withDetail("version", version).build())
        .orElseGet(() -> Health.outOfService().build());
  }
}
