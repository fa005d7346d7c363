package app.mushroom.trainer.runs;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** A JSON document as names and values: {@code hyperparameters.seed} → {@code 1}. */
public final class FlatJson {

  private FlatJson() {}

  /**
   * @return in the order of the document; objects within lists are numbered, nulls left out
   */
  public static Map<String, String> of(JsonNode document) {
    Map<String, String> flat = new LinkedHashMap<>();
    add("", document, flat);
    return Collections.unmodifiableMap(flat);
  }

  private static void add(String name, JsonNode node, Map<String, String> flat) {
    if (node.isObject()) {
      node.properties().forEach(field -> add(under(name, field.getKey()), field.getValue(), flat));
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        add(under(name, Integer.toString(i)), node.get(i), flat);
      }
    } else if (!node.isNull()) {
      flat.put(name, node.isString() ? node.stringValue() : node.toString());
    }
  }

  private static String under(String parent, String name) {
    return parent.isEmpty() ? name : parent + "." + name;
  }
}
