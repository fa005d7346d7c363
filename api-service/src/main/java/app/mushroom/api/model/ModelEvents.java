package app.mushroom.api.model;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/** Tells meters and listeners what happens to models. */
@Component
class ModelEvents {
  private final MultiGauge serving;
  private final Counter swaps;
  private final Counter refusals;
  private final Counter pollFailures;
  private final Counter notices;
  private final Counter noticeFailures;
  private final ApplicationEventPublisher events;

  ModelEvents(MeterRegistry meters, ApplicationEventPublisher events) {
    this.events = events;
    serving =
        MultiGauge.builder("mushroom.model.serving")
            .description("1 for the version that answers now")
            .register(meters);
    swaps = meters.counter("mushroom.model.swaps");
    refusals = meters.counter("mushroom.model.refusals");
    pollFailures = meters.counter("mushroom.model.poll.failures");
    notices = meters.counter("mushroom.model.notices");
    noticeFailures = meters.counter("mushroom.model.notice.failures");
  }

  void served(String version) {
    swaps.increment();
    serving.register(List.of(MultiGauge.Row.of(Tags.of("version", version), 1)), true);
    events.publishEvent(new ModelServed(version));
  }

  void refused() {
    refusals.increment();
  }

  void pollFailed() {
    pollFailures.increment();
  }

  /** Somebody said that there is a new champion. */
  void noticed() {
    notices.increment();
  }

  void noticeFailed() {
    noticeFailures.increment();
  }
}
