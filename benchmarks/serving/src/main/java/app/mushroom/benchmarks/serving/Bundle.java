package app.mushroom.benchmarks.serving;

import app.mushroom.vision.Preprocessing;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bundle that every contender serves. */
record Bundle(Path folder, Preprocessing preprocessing) {

  static Bundle read(Path folder) {
    JsonNode input =
        JsonMapper.builder().build().readTree(folder.resolve("bundle.json").toFile()).path("input");
    return new Bundle(
        folder.toAbsolutePath(),
        new Preprocessing(
            input.path("size").asInt(),
            input.path("resizeShortSide").asInt(),
            floats(input.path("mean")),
            floats(input.path("std"))));
  }

  static int labels(Path folder) {
    return JsonMapper.builder()
        .build()
        .readTree(folder.resolve("labels.json").toFile())
        .path("labels")
        .size();
  }

  Path network(String engine) {
    return folder.resolve(engine.equals("onnxruntime") ? "model.onnx" : "model.pt");
  }

  private static float[] floats(JsonNode values) {
    List<JsonNode> all = values.valueStream().toList();
    float[] floats = new float[all.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = all.get(i).floatValue();
    }
    return floats;
  }
}
