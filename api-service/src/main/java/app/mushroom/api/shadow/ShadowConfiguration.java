package app.mushroom.api.shadow;

import app.mushroom.api.ApiProperties;
import app.mushroom.api.inference.InferencePool;
import app.mushroom.api.model.LoadedModels;
import app.mushroom.api.model.ServingModel;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the shadow behind the inference threads. */
@Configuration(proxyBeanMethods = false)
class ShadowConfiguration {

  @Bean(destroyMethod = "close")
  Shadow shadow(
      LoadedModels models,
      ServingModel serving,
      InferencePool pool,
      MeterRegistry meters,
      Clock clock,
      ApiProperties properties) {
    String version = properties.model().challenger();
    return new Shadow(
        new Challenger(version, models, serving, meters, clock),
        new Disagreements(version, meters, clock),
        pool::hasSpareThread,
        () -> ThreadLocalRandom.current().nextDouble(),
        meters,
        properties.model().shadowShare());
  }
}
