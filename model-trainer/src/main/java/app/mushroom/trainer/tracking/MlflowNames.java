package app.mushroom.trainer.tracking;

import app.mushroom.storage.JsonDocument;
import app.mushroom.trainer.runs.EpochRecord;
import app.mushroom.trainer.runs.FlatJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** How the fields of a run record are called on the server. A slash groups charts there. */
final class MlflowNames {

  /** Servers before 2.8 refuse longer values. */
  private static final int MAX_VALUE = 500;

  private static final Set<String> NO_PARAMETERS = Set.of("schemaVersion", "run", "created");

  private MlflowNames() {}

  /** Every parameter, cut to what a server takes. */
  static Map<String, String> parameters(JsonNode document) {
    Map<String, String> parameters = new LinkedHashMap<>(FlatJson.of(document));
    parameters.keySet().removeAll(NO_PARAMETERS);
    parameters.replaceAll((name, value) -> cut(value));
    return parameters;
  }

  static String cut(String value) {
    return value.length() > MAX_VALUE ? value.substring(0, MAX_VALUE - 1) + "…" : value;
  }

  /** {@code valTop1} is {@code val/top1} there, everything else {@code train/…}. */
  static List<MlflowRun.Metric> metrics(EpochRecord epoch, Instant time) {
    List<MlflowRun.Metric> metrics = new ArrayList<>();
    JsonNode document = JsonDocument.mapper().valueToTree(epoch);
    document
        .properties()
        .forEach(
            field -> {
              String name = field.getKey();
              boolean val = name.matches("val[A-Z].*");
              String metric =
                  val
                      ? "val/" + name.substring(3, 4).toLowerCase(Locale.ROOT) + name.substring(4)
                      : "train/" + name;
              if (!name.equals("epoch")) {
                add(metrics, metric, field.getValue(), epoch.epoch(), time);
              }
            });
    return metrics;
  }

  /** The figures of the published version: {@code published_val/…} and {@code published_test/…}. */
  static List<MlflowRun.Metric> metrics(JsonNode evaluation, int step, Instant time) {
    List<MlflowRun.Metric> metrics = new ArrayList<>();
    for (String split : List.of("val", "test")) {
      evaluation
          .path(split)
          .properties()
          .forEach(
              field ->
                  add(
                      metrics,
                      "published_" + split + "/" + field.getKey(),
                      field.getValue(),
                      step,
                      time));
    }
    return metrics;
  }

  private static void add(
      List<MlflowRun.Metric> metrics, String name, JsonNode value, int step, Instant time) {
    // A figure that is not defined is left out: JSON has no word for it.
    if (value.isNumber() && Double.isFinite(value.doubleValue())) {
      metrics.add(new MlflowRun.Metric(name, value.doubleValue(), time.toEpochMilli(), step));
    }
  }
}
