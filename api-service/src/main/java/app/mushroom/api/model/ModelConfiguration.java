package app.mushroom.api.model;

import app.mushroom.api.ApiProperties;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.model.ModelRegistry;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.species.SpeciesCatalogue;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts from the shared modules. */
@Configuration(proxyBeanMethods = false)
class ModelConfiguration {
  private static final Logger log = LoggerFactory.getLogger(ModelConfiguration.class);

  @Bean(destroyMethod = "close")
  ObjectStore objectStore(ApiProperties properties) throws IOException {
    return ObjectStores.open(properties.store());
  }

  @Bean
  ModelRegistry modelRegistry(ObjectStore store, Clock clock) {
    return new ModelRegistry(store, clock);
  }

  @Bean
  LoadLimit loadLimit(ApiProperties properties, MeterRegistry meters) {
    return new LoadLimit(properties.model().loadLimit(), meters);
  }

  @Bean
  ModelNotifications modelNotifications(
      ModelPoller poller, ModelEvents events, ApiProperties properties) {
    return new ModelNotifications(
        poller::lookSoon, events, properties, System.getenv(), ModelNotifications.PAUSE);
  }

  @Bean
  SpeciesCatalogue speciesCatalogue() {
    return SpeciesCatalogue.load();
  }

  /** Enough for all that phones and cameras make, and little enough for a container of 1 GB. */
  @Bean
  PhotoDecoder photoDecoder() {
    log.info(
        PhotoDecoder.hasTurbo()
            ? "Camera files are decoded by libjpeg-turbo."
            : "Camera files are decoded by Java; with libturbojpeg installed it takes half the time.");
    return new PhotoDecoder(192L << 20, 256L << 20);
  }
}
