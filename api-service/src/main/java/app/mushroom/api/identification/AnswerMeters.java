package app.mushroom.api.identification;

import app.mushroom.vision.decision.Assessment;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import org.springframework.stereotype.Component;

/** Counts what is answered: flags, abstentions, and how sure the answers are. */
@Component
class AnswerMeters implements IdentificationListener {
  private static final double[] BUCKETS = {.1, .2, .3, .4, .5, .6, .7, .8, .9, .95, .99, 1};

  private final MeterRegistry meters;
  private final DistributionSummary confidence;
  private final DistributionSummary gate;

  AnswerMeters(MeterRegistry meters) {
    this.meters = meters;
    confidence =
        summary("mushroom.answer.probability", "Probability of what was answered or was likeliest");
    gate = summary("mushroom.gate.probability", "Probability that the photos show a mushroom");
  }

  private DistributionSummary summary(String name, String description) {
    return DistributionSummary.builder(name)
        .description(description)
        .serviceLevelObjectives(BUCKETS)
        .register(meters);
  }

  @Override
  public void identified(Look look) {
    Assessment assessment = look.assessment();
    meters
        .counter(
            "mushroom.identifications",
            "flag",
            lower(assessment.flag()),
            "rank",
            lower(assessment.rank()),
            "mushroom",
            Boolean.toString(assessment.isMushroom()))
        .increment();
    gate.record(assessment.mushroomProbability());
    if (assessment.isMushroom()) {
      confidence.record(assessment.answerProbability());
    }
  }

  private static String lower(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
