package app.mushroom.vision.decision;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How raw network outputs become probabilities and decisions: {@code calibration.json} of a model
 * bundle.
 *
 * @param temperature what the logits are divided by before the softmax, above 0
 * @param labels stricter thresholds of single labels; empty in bundles of before there were any
 */
public record Calibration(
    double temperature,
    Gate gate,
    Answer answer,
    Poison poison,
    Bands bands,
    Map<String, LabelThresholds> labels) {

  /**
   * Mushroom or not: {@code P = sigmoid(weights . embedding + bias)}.
   *
   * @param weights one per element of the embedding
   * @param bias added to the weighted sum
   * @param threshold below this probability the photo is not of a mushroom
   */
  @SuppressWarnings("ArrayRecordComponent") // a vector for arithmetic, copied on the way in
  public record Gate(double[] weights, double bias, double threshold) {
    public Gate {
      weights = ModelJson.require("gate.weights", weights).clone();
      if (weights.length == 0) {
        throw new IllegalArgumentException("expected gate.weights, found none");
      }
      for (double weight : weights) {
        requireFinite("gate.weights", weight);
      }
      requireFinite("gate.bias", bias);
      requireRatio("gate.threshold", threshold);
    }
  }

  /**
   * When to name a species, and when only a genus.
   *
   * @param speciesAt probability of the likeliest label from which it is the answer
   * @param genusAt summed probability of the likeliest genus from which it is the answer
   */
  public record Answer(double speciesAt, double genusAt) {
    public Answer {
      requireRatio("answer.speciesAt", speciesAt);
      requireRatio("answer.genusAt", genusAt);
    }
  }

  /**
   * What the summed probability of all poisonous labels means.
   *
   * @param flagAt from here the answer is "poisonous"
   * @param clearBelow below this it is "not known to be poisonous"; between the two, "cannot tell"
   * @param costRatio how many false alarms one missed poisonous mushroom weighs, at least 1
   */
  public record Poison(double flagAt, double clearBelow, double costRatio) {
    public Poison {
      requireRatio("poison.flagAt", flagAt);
      requireRatio("poison.clearBelow", clearBelow);
      if (clearBelow > flagAt) {
        throw new IllegalArgumentException(
            "expected poison.clearBelow <= poison.flagAt, found " + clearBelow + " > " + flagAt);
      }
      requireFinite("poison.costRatio", costRatio);
      if (costRatio < 1) {
        throw new IllegalArgumentException(
            "expected poison.costRatio of at least 1, found " + costRatio);
      }
    }
  }

  /**
   * Words for a probability.
   *
   * @param veryLikely probability from which the word is "very likely"
   * @param likely probability from which the word is "likely"
   */
  public record Bands(double veryLikely, double likely) {
    public Bands {
      requireRatio("bands.veryLikely", veryLikely);
      requireRatio("bands.likely", likely);
      if (likely > veryLikely) {
        throw new IllegalArgumentException(
            "expected bands.likely <= bands.veryLikely, found " + likely + " > " + veryLikely);
      }
    }

    Band of(double probability) {
      if (probability >= veryLikely) {
        return Band.VERY_LIKELY;
      }
      return probability >= likely ? Band.LIKELY : Band.UNCERTAIN;
    }
  }

  /**
   * Thresholds of one label. They are never laxer than those of all labels, and the flag is the
   * worse of what both say.
   *
   * @param flagAt the answer is "poisonous" already when this label alone reaches this probability;
   *     for poisonous labels only, at most {@code poison.flagAt}
   * @param speciesAt this label is the answer only from this probability on, at least {@code
   *     answer.speciesAt}
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record LabelThresholds(@Nullable Double flagAt, @Nullable Double speciesAt) {
    public LabelThresholds {
      if (flagAt != null) {
        requireRatio("flagAt of a label", flagAt);
      }
      if (speciesAt != null) {
        requireRatio("speciesAt of a label", speciesAt);
      }
    }
  }

  private record Document(
      int schemaVersion,
      double temperature,
      Gate gate,
      Answer answer,
      Poison poison,
      Bands bands,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable Map<String, LabelThresholds> labels) {
    private Document {
      ModelJson.requireVersion(schemaVersion);
      labels = labels == null ? Map.of() : labels;
      new Calibration(temperature, gate, answer, poison, bands, labels);
    }
  }

  public Calibration {
    requireTemperature(temperature);
    ModelJson.require("gate", gate);
    ModelJson.require("answer", answer);
    ModelJson.require("poison", poison);
    ModelJson.require("bands", bands);
    labels.forEach(
        (label, own) ->
            requireStricter(label, ModelJson.require("labels." + label, own), answer, poison));
    labels = Collections.unmodifiableMap(new TreeMap<>(labels));
  }

  /** Without thresholds of single labels. */
  public Calibration(double temperature, Gate gate, Answer answer, Poison poison, Bands bands) {
    this(temperature, gate, answer, poison, bands, Map.of());
  }

  private static void requireStricter(
      String label, LabelThresholds own, Answer answer, Poison poison) {
    Double flagAt = own.flagAt();
    if (flagAt != null && flagAt > poison.flagAt()) {
      throw new IllegalArgumentException(
          "expected labels."
              + label
              + ".flagAt of at most poison.flagAt, since it may only be stricter; found "
              + flagAt
              + " > "
              + poison.flagAt());
    }
    Double speciesAt = own.speciesAt();
    if (speciesAt != null && speciesAt < answer.speciesAt()) {
      throw new IllegalArgumentException(
          "expected labels."
              + label
              + ".speciesAt of at least answer.speciesAt, since it may only be stricter; found "
              + speciesAt
              + " < "
              + answer.speciesAt());
    }
  }

  /**
   * @throws InvalidModelFileException if the file is not a valid {@code calibration.json}
   */
  public static Calibration read(Path file) throws IOException {
    return of(ModelJson.read(file, Document.class));
  }

  /**
   * @throws InvalidModelFileException if the content is not a valid {@code calibration.json}
   */
  public static Calibration read(InputStream json) throws IOException {
    return of(ModelJson.read(json, "calibration.json", Document.class));
  }

  private static Calibration of(Document document) {
    return new Calibration(
        document.temperature(),
        document.gate(),
        document.answer(),
        document.poison(),
        document.bands(),
        document.labels() == null ? Map.of() : document.labels());
  }

  public byte[] toJson() {
    return ModelJson.write(
        new Document(ModelJson.SCHEMA_VERSION, temperature, gate, answer, poison, bands, labels));
  }

  private static void requireTemperature(double temperature) {
    requireFinite("temperature", temperature);
    if (temperature <= 0) {
      throw new IllegalArgumentException("expected temperature above 0, found " + temperature);
    }
  }

  static void requireRatio(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("expected " + what + " in 0..1, found " + value);
    }
  }

  private static void requireFinite(String what, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(
          "expected a finite number for " + what + ", found " + value);
    }
  }
}
