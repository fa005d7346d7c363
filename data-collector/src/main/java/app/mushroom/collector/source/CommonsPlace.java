package app.mushroom.collector.source;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A place in the list of {@link WikimediaCommons}, as text {@code category 2
 * continue=…&gcmcontinue=…}.
 *
 * @param search false in the first phase, the category, and true in the second
 * @param number of the page in its phase, from 1
 * @param continued parameters that the page before said to continue with
 */
record CommonsPlace(boolean search, int number, Map<String, String> continued) {
  static final CommonsPlace START = new CommonsPlace(false, 1, Map.of());

  /** More than any category of fungi needs; an answer that goes on for ever ends here. */
  static final int MAX_PAGES = 500;

  private static final Pattern TEXT =
      Pattern.compile("(category|search) ([1-9][0-9]{0,3})(?: ([^ ]*))?");

  /** So that an answer can set nothing but where to go on. */
  private static final Pattern PARAMETER =
      Pattern.compile("continue|g(cm|sr)continue|gsroffset|ii(continue|start)");

  static CommonsPlace read(@Nullable String cursor) throws SourceException {
    if (cursor == null) {
      return START;
    }
    Matcher place = TEXT.matcher(cursor);
    if (!place.matches()) {
      throw Cursors.foreign(
          WikimediaCommons.NAME, cursor, "\"category\" or \"search\" and the number of a page");
    }
    Map<String, String> continued = new TreeMap<>();
    String parameters = place.group(3) == null ? "" : place.group(3);
    for (String pair : parameters.split("&")) {
      int equals = pair.indexOf('=');
      String name = pair.substring(0, Math.max(0, equals));
      if (PARAMETER.matcher(name).matches()) {
        continued.put(name, URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return new CommonsPlace(
        place.group(1).equals("search"), Integer.parseInt(place.group(2)), continued);
  }

  /**
   * The place that follows; null at the end.
   *
   * @param stated the answer's {@code continue}
   */
  @Nullable CommonsPlace next(JsonNode stated) {
    Map<String, String> next = new TreeMap<>();
    stated
        .properties()
        .forEach(
            entry -> {
              String value = JsonAnswer.text(entry.getValue());
              if (value != null && PARAMETER.matcher(entry.getKey()).matches()) {
                next.put(entry.getKey(), value);
              }
            });
    if (!next.isEmpty() && number < MAX_PAGES) {
      return new CommonsPlace(search, number + 1, next);
    }
    return search ? null : new CommonsPlace(true, 1, Map.of());
  }

  @Override
  public String toString() {
    return (search ? "search " : "category ")
        + number
        + continued.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&", " ", ""));
  }
}
