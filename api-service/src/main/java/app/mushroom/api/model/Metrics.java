package app.mushroom.api.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The figures that a bundle carries; ratios are in [0, 1]. A figure that was not measured is
 * absent.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Metrics(@Nullable Figures val, @Nullable Figures test, @Nullable Training training) {

  static final Metrics NONE = new Metrics(null, null, null);

  private static final Logger log = LoggerFactory.getLogger(Metrics.class);
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** Figures that cannot be read count as not measured: they are for people, not for serving. */
  static Metrics read(byte[] json, String version) {
    try {
      return JSON.readValue(json, Metrics.class);
    } catch (JacksonException e) {
      log.warn("metrics.json of model {} cannot be read and is left out.", version);
      return NONE;
    }
  }

  /** How well a model does on one part of the dataset. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Figures(
      @Nullable Integer photos,
      @Nullable Double top1,
      @Nullable Double top5,
      @Nullable Double genusTop1,
      @Nullable Double macroF1,
      @Nullable Double expectedCalibrationError,
      @Nullable Double loss,
      @Nullable Double poisonRecall,
      @Nullable Double falsePoisonAlarms,
      @Nullable Double cannotTell,
      @Nullable Double poisonCost,
      @Nullable Double notMushroomRefused,
      @Nullable Double mushroomsRefused) {}

  /** How a model came about. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Training(
      @Nullable Long trainableParameters,
      @Nullable Double executionTimeSeconds,
      @Nullable Double learningRate,
      @Nullable Integer batchSize,
      @Nullable Integer epochs,
      @Nullable String optimizer,
      @Nullable String experiment,
      @Nullable String user,
      @Nullable Long modelSizeBytes) {}

  /** What models are ranked by: the figures on {@code val}; {@code test} where there are none. */
  public @Nullable Figures ranking() {
    return val != null ? val : test;
  }
}
