package app.mushroom.api.inference;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down while every thread is stuck. Part of readiness only: a restart is for people to decide. */
@Component("inference")
class InferenceHealthIndicator implements HealthIndicator {
  private final InferencePool pool;

  InferenceHealthIndicator(InferencePool pool) {
    this.pool = pool;
  }

  @Override
  public Health health() {
    return (pool.isHung() ? Health.outOfService() : Health.up()).build();
  }
}
