package app.mushroom.collector.source;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jsoup.select.Selector;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads one mapping of a file of settings, key by key. */
final class PageSettingsReader {
  static final Set<String> KEYS =
      Set.of(
          "name",
          "start",
          "starts",
          "photo",
          "image",
          "attribute",
          "next",
          "licence",
          "author",
          "fixed-licence",
          "max-pages");

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
  private static final int USUAL_PAGES = 50;
  private static final int MAX_PAGES = 1000;

  private final String file;
  private final Node place;
  private final Map<String, Node> values = new HashMap<>();

  /**
   * @throws PageSettingsException if this is no mapping, or one with other keys
   */
  PageSettingsReader(String file, Node node, Set<String> keys) throws PageSettingsException {
    this.file = file;
    this.place = node;
    if (!(node instanceof MappingNode mapping)) {
      throw refused(node, "expected keys with values, such as \"name: my-atlas\".");
    }
    for (NodeTuple entry : mapping.getValue()) {
      String key = scalar(entry.getKeyNode(), "a key");
      if (!keys.contains(key)) {
        String near = nearest(key, keys).map(known -> " Did you mean " + known + "?").orElse("");
        throw refused(
            entry.getKeyNode(),
            "expected one of %s, found \"%s\".%s"
                .formatted(String.join(", ", new TreeSet<>(keys)), key, near));
      }
      if (values.put(key, entry.getValueNode()) != null) {
        throw refused(entry.getKeyNode(), "expected " + key + " once, found it twice.");
      }
    }
  }

  PageSettings settings() throws PageSettingsException {
    String name = scalar(required("name"), "a name");
    if (!NAME.matcher(name).matches()) {
      throw refused(required("name"), "expected a name such as my-atlas, found \"" + name + "\".");
    }
    Map<String, String> starts = new LinkedHashMap<>();
    if (values.get("starts") instanceof MappingNode mapping) {
      for (NodeTuple entry : mapping.getValue()) {
        starts.put(scalar(entry.getKeyNode(), "a label"), address(entry.getValueNode()));
      }
    } else if (values.containsKey("starts")) {
      throw refused(required("starts"), "expected labels with addresses under starts.");
    }
    Node start = values.get("start");
    if (start == null && starts.isEmpty()) {
      throw refused(place, "expected start or starts, found neither. Say where the pages begin.");
    }
    String fixed = text("fixed-licence");
    if (fixed != null && values.containsKey("licence")) {
      throw refused(place, "expected licence or fixed-licence, found both. Remove one.");
    }
    if (fixed != null && Licences.read(fixed).id().equals(Licences.UNKNOWN)) {
      throw refused(
          required("fixed-licence"),
          "expected a licence such as cc-by-4.0, found \"" + fixed + "\".");
    }
    String photo = selector("photo");
    if (photo == null) {
      throw refused(place, "expected the key photo, found none.");
    }
    String attribute = text("attribute");
    return new PageSettings(
        name,
        start == null ? null : address(start),
        starts,
        photo,
        selector("image"),
        attribute == null ? "src" : attribute,
        selector("next"),
        selector("licence"),
        selector("author"),
        fixed,
        maxPages());
  }

  Node required(String key) throws PageSettingsException {
    Node value = values.get(key);
    if (value == null) {
      throw refused(place, "expected the key " + key + ", found none.");
    }
    return value;
  }

  PageSettingsException refused(Node node, String message) {
    String line = node.getStartMark().map(mark -> ", line " + (mark.getLine() + 1)).orElse("");
    return new PageSettingsException(file + line + ": " + message);
  }

  private @Nullable String text(String key) throws PageSettingsException {
    Node value = values.get(key);
    return value == null ? null : scalar(value, "a value for " + key);
  }

  private String scalar(Node node, String expected) throws PageSettingsException {
    if (!(node instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
      throw refused(node, "expected " + expected + ", found a list, further keys or nothing.");
    }
    return scalar.getValue().strip();
  }

  private String address(Node node) throws PageSettingsException {
    String address = scalar(node, "an address");
    if (HttpAddress.read(address.replaceAll("\\{(name|label)\\}", "x")) == null) {
      throw refused(
          node, "expected an address that begins with https://, found \"" + address + "\".");
    }
    return address;
  }

  private @Nullable String selector(String key) throws PageSettingsException {
    String selector = text(key);
    if (selector != null) {
      try {
        Selector.evaluatorOf(selector);
      } catch (IllegalStateException | IllegalArgumentException e) {
        throw refused(
            required(key),
            "expected a CSS selector for %s, found \"%s\": %s"
                .formatted(key, selector, e.getMessage()));
      }
    }
    return selector;
  }

  private int maxPages() throws PageSettingsException {
    String stated = text("max-pages");
    if (stated == null) {
      return USUAL_PAGES;
    }
    int pages = stated.matches("[0-9]{1,6}") ? Integer.parseInt(stated) : 0;
    if (pages < 1 || pages > MAX_PAGES) {
      throw refused(
          required("max-pages"), "expected 1 to " + MAX_PAGES + " pages, found " + stated + ".");
    }
    return pages;
  }

  private static Optional<String> nearest(String key, Set<String> keys) {
    return keys.stream()
        .filter(known -> distance(key, known) <= Math.max(2, known.length() / 3))
        .min(Comparator.comparingInt(known -> distance(key, known)));
  }

  /** Letters to insert, delete or replace (Levenshtein, 1966). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int before = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int replaced = before + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        before = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j - 1], before));
      }
    }
    return row[b.length()];
  }
}
