package app.mushroom.trainer.tracking;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The versions of a registered model that came of one run. The server numbers them itself; a tag
 * says which of ours each is. Every call can be repeated without doing its work twice.
 */
final class MlflowModel {

  private static final String VERSION_TAG = "mushroom.version";

  private final MlflowClient client;
  private final MlflowLink link;
  private final String model;

  MlflowModel(MlflowClient client, MlflowLink link, String model) {
    this.client = client;
    this.link = link;
    this.model = model;
  }

  /**
   * Makes the published version a version of a registered model.
   *
   * @param figures of {@code evaluation.json}
   * @return the server's number for it
   */
  String register(String version, @Nullable JsonNode figures) throws IOException {
    try {
      client.post("registered-models/create", Map.of("name", model));
    } catch (MlflowException e) {
      if (!e.isThereAlready()) {
        throw e;
      }
    }
    // An earlier attempt may have succeeded without our hearing of it.
    Optional<String> before = registered(version);
    if (before.isPresent()) {
      return before.get();
    }
    JsonNode made =
        client.post(
            "model-versions/create",
            Map.of(
                "name", model,
                "source", link.artifacts() + "/" + RunFiles.bundle(version),
                "run_id", link.runId(),
                "description", description(version, figures),
                "tags", List.of(new MlflowRun.Pair(VERSION_TAG, version))));
    return MlflowClient.required(made, "model_version", "version").asString();
  }

  /** The server's number of a version that came of this run. */
  Optional<String> registered(String version) throws IOException {
    JsonNode found =
        client.get("model-versions/search", Map.of("filter", "run_id='" + link.runId() + "'"));
    for (JsonNode each : found.path("model_versions")) {
      if (each.path("name").asString("").equals(model) && isTagged(each, version)) {
        return Optional.of(MlflowClient.required(each, "version").asString());
      }
    }
    return Optional.empty();
  }

  private static boolean isTagged(JsonNode modelVersion, String version) {
    for (JsonNode tag : modelVersion.path("tags")) {
      if (tag.path("key").asString("").equals(VERSION_TAG)) {
        return tag.path("value").asString("").equals(version);
      }
    }
    return false;
  }

  private String description(String version, @Nullable JsonNode figures) {
    String words = "Bundle " + model + " version " + version + ".";
    if (figures == null) {
      return words;
    }
    JsonNode test = figures.path("test");
    return words
        + " On test: poison recall %.4f, poison cost %.4f, top-1 %.4f, macro-F1 %.4f."
            .formatted(
                test.path("poisonRecall").asDouble(Double.NaN),
                test.path("poisonCost").asDouble(Double.NaN),
                test.path("top1").asDouble(Double.NaN),
                test.path("macroF1").asDouble(Double.NaN));
  }
}
