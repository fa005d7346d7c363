package app.mushroom.api.model;

import app.mushroom.api.classifier.Classifier;
import app.mushroom.api.classifier.Scores;
import app.mushroom.vision.Preprocessing;
import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.photo.PhotoRejectedException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Photos with the answers that the trainer got for them. A network that answers otherwise here is
 * not the one that was evaluated, and may not serve.
 *
 * @param tolerance largest difference of any output, above 0 and at most 0.05
 */
record GoldenCases(int schemaVersion, double tolerance, List<Case> cases) {
  private static final double LARGEST_TOLERANCE = 0.05;
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  GoldenCases {
    if (schemaVersion != 1) {
      throw new ModelRefusedException(
          "Expected golden.json of schemaVersion 1, found " + schemaVersion);
    }
    if (!(tolerance > 0 && tolerance <= LARGEST_TOLERANCE)) {
      throw new ModelRefusedException(
          "Expected a tolerance in (0, "
              + LARGEST_TOLERANCE
              + "] in golden.json, found "
              + tolerance);
    }
    if (cases == null || cases.isEmpty()) {
      throw new ModelRefusedException("Expected at least one case in golden.json, found none");
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // read from a file, compared by nobody
  record Case(String name, String imageBase64, float[] logits, float[] embedding) {}

  static GoldenCases read(Path file) {
    try {
      return JSON.readValue(file.toFile(), GoldenCases.class);
    } catch (JacksonException e) {
      if (e.getCause() instanceof ModelRefusedException refusal) {
        throw refusal;
      }
      throw new ModelRefusedException(
          "golden.json is not as docs/formats.md describes it: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * @throws ModelRefusedException naming the first case that is answered differently
   */
  void check(Classifier classifier, Preprocessing preprocessing, PhotoDecoder decoder) {
    for (Case each : cases) {
      Scores scores = classifier.classify(preprocessing.toTensor(photo(each, decoder)));
      compare(each.name(), "logits", each.logits(), scores.logits());
      compare(each.name(), "embedding", each.embedding(), scores.embedding());
    }
  }

  private void compare(String name, String output, float[] expected, float[] found) {
    if (expected.length != found.length) {
      throw new ModelRefusedException(
          "Golden case "
              + name
              + ": expected "
              + expected.length
              + " values of "
              + output
              + ", found "
              + found.length);
    }
    for (int i = 0; i < expected.length; i++) {
      // Written so that NaN fails too.
      if (!(Math.abs(expected[i] - found[i]) <= tolerance)) {
        throw new ModelRefusedException(
            "Golden case "
                + name
                + ": expected "
                + output
                + "["
                + i
                + "] "
                + expected[i]
                + " within "
                + tolerance
                + ", found "
                + found[i]);
      }
    }
  }

  private static Photo photo(Case from, PhotoDecoder decoder) {
    try {
      return decoder.decode(Base64.getDecoder().decode(from.imageBase64()));
    } catch (PhotoRejectedException e) {
      throw new ModelRefusedException(
          "Golden case " + from.name() + " holds no readable photo: " + e.getMessage(), e);
    }
  }
}
