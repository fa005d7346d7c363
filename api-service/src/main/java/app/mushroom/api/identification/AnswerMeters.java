package app.mushroom.api.identification;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Counts what is answered. */
@Component
class AnswerMeters implements IdentificationListener {
  private final MeterRegistry meters;

  AnswerMeters(MeterRegistry meters) {
    this.meters = meters;
  }

  @Override
  public void identified(Look look) {
    String flag = look.assessment().flag().name().toLowerCase(Locale.ROOT);
    meters.counter("mushroom.identifications", "flag", flag).increment();
  }
}
