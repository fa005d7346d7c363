package app.mushroom.vision.decision;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * How raw network outputs become probabilities and decisions: {@code calibration.json} of a model
 * bundle.
 *
 * @param temperature what the logits are divided by before the softmax, above 0
 */
public record Calibration(
    double temperature, Gate gate, Answer answer, Poison poison, Bands bands) {

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

  private record Document(
      int schemaVersion, double temperature, Gate gate, Answer answer, Poison poison, Bands bands) {
    private Document {
      ModelJson.requireVersion(schemaVersion);
      new Calibration(temperature, gate, answer, poison, bands);
    }
  }

  public Calibration {
    requireTemperature(temperature);
    ModelJson.require("gate", gate);
    ModelJson.require("answer", answer);
    ModelJson.require("poison", poison);
    ModelJson.require("bands", bands);
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
        document.bands());
  }

  public byte[] toJson() {
    return ModelJson.write(
        new Document(ModelJson.SCHEMA_VERSION, temperature, gate, answer, poison, bands));
  }

  private static void requireTemperature(double temperature) {
    requireFinite("temperature", temperature);
    if (temperature <= 0) {
      throw new IllegalArgumentException("expected temperature above 0, found " + temperature);
    }
  }

  private static void requireRatio(String what, double value) {
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
