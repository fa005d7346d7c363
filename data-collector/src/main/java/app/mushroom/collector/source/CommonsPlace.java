package app.mushroom.collector.source;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
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
 * @param number of the page in its phase, from 1
 * @param continued parameters to go on with: in a phase, or with the subcategories after those that
 *     are open
 * @param open subcategories whose files are still to be listed, in {@link Phase#SPECIES} alone
 */
record CommonsPlace(Phase phase, int number, Map<String, String> continued, List<String> open) {
  /** What the title of a category begins with. */
  static final String CATEGORY = "Category:";

  static final CommonsPlace START = begin(Phase.CATEGORY);

  /** More than any category of fungi needs; an answer that goes on for ever ends here. */
  static final int MAX_PAGES = 500;

  /** Pages of 50 subcategories: more species than a search looks at. */
  static final int MAX_SUBCATEGORY_PAGES = 4;

  /** What is listed, one after the other. */
  enum Phase {
    /** Files of the taxon's category. */
    CATEGORY,
    /** Of a genus: the categories of its species, which hold most of the files. */
    SUBCATEGORIES,
    /** Files of one of these. */
    SPECIES,
    /** Files that a search finds. */
    SEARCH;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Pattern TEXT =
      Pattern.compile("(category|subcategories|species|search) ([1-9][0-9]{0,3})(?: ([^ ]*))?");

  /** So that an answer can set nothing but where to go on. */
  private static final Pattern PARAMETER =
      Pattern.compile("continue|cmcontinue|g(cm|sr)continue|gsroffset|ii(continue|start)");

  private static final String OPEN = "open";

  CommonsPlace {
    continued = Map.copyOf(continued);
    open = List.copyOf(open);
  }

  private static CommonsPlace begin(Phase phase) {
    return new CommonsPlace(phase, 1, Map.of(), List.of());
  }

  static CommonsPlace read(@Nullable String cursor) throws SourceException {
    if (cursor == null) {
      return START;
    }
    Matcher place = TEXT.matcher(cursor);
    if (!place.matches()) {
      throw foreign(cursor);
    }
    Map<String, String> continued = new TreeMap<>();
    List<String> open = List.of();
    String parameters = place.group(3) == null ? "" : place.group(3);
    for (String pair : parameters.split("&")) {
      int equals = pair.indexOf('=');
      String name = pair.substring(0, Math.max(0, equals));
      String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
      if (PARAMETER.matcher(name).matches()) {
        continued.put(name, value);
      } else if (name.equals(OPEN)) {
        open = List.of(value.split("\\|"));
      }
    }
    Phase phase = Phase.valueOf(place.group(1).toUpperCase(Locale.ROOT));
    if (open.isEmpty() == (phase == Phase.SPECIES)
        || !open.stream().allMatch(title -> title.startsWith(CATEGORY))) {
      throw foreign(cursor);
    }
    return new CommonsPlace(phase, Integer.parseInt(place.group(2)), continued, open);
  }

  private static SourceException foreign(String cursor) {
    return Cursors.foreign(
        WikimediaCommons.NAME, cursor, "\"category\" or \"search\" and the number of a page");
  }

  boolean isSearch() {
    return phase == Phase.SEARCH;
  }

  /**
   * The place that follows; null at the end.
   *
   * @param stated the answer's {@code continue}
   * @param found subcategories that the answer names
   */
  @Nullable CommonsPlace next(JsonNode stated, AcceptedTaxon taxon, List<String> found) {
    if (phase == Phase.SPECIES) {
      return species(number, continued, open.subList(1, open.size()));
    }
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
    if (phase == Phase.SUBCATEGORIES) {
      return species(number, number < MAX_SUBCATEGORY_PAGES ? next : Map.of(), found);
    }
    if (!next.isEmpty() && number < MAX_PAGES) {
      return new CommonsPlace(phase, number + 1, next, List.of());
    }
    if (phase == Phase.SEARCH) {
      return null;
    }
    return begin(taxon.rank().equals("genus") ? Phase.SUBCATEGORIES : Phase.SEARCH);
  }

  private static CommonsPlace species(int number, Map<String, String> after, List<String> open) {
    if (!open.isEmpty()) {
      return new CommonsPlace(Phase.SPECIES, number, after, open);
    }
    return after.isEmpty()
        ? begin(Phase.SEARCH)
        : new CommonsPlace(Phase.SUBCATEGORIES, number + 1, after, List.of());
  }

  @Override
  public String toString() {
    Map<String, String> parameters = new TreeMap<>(continued);
    if (!open.isEmpty()) {
      parameters.put(OPEN, String.join("|", open));
    }
    return phase.word()
        + " "
        + number
        + parameters.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&", " ", ""));
  }
}
