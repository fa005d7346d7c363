package app.mushroom.collector.source;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What Commons says of a file: the first of its {@code imageinfo}. */
record CommonsFile(JsonNode image) {
  /** Of the thumbnail that is wanted, in pixels. */
  static final int WIDTH = 960;

  /** Only these widths are made, others are answered 429 (phabricator.wikimedia.org/T414805). */
  private static final Set<String> WIDTHS =
      Set.of("20", "40", "60", "120", "250", "330", "500", "960", "1280", "1920", "3840");

  private static final Pattern THUMBNAIL = Pattern.compile("/(?:[a-z0-9]+-)*([0-9]+)px-[^/]*$");
  private static final Set<String> PHOTOS = Set.of("image/jpeg", "image/png", "image/webp");

  boolean isPhoto() {
    return PHOTOS.contains(image.path("mime").asString(""));
  }

  /** The thumbnail, where the original is larger and the thumbnail of a width that is made. */
  @Nullable String address() {
    String original = JsonAnswer.text(image.path("url"));
    String thumbnail = JsonAnswer.text(image.path("thumburl"));
    Long width = JsonAnswer.count(image.path("width"));
    if (thumbnail == null || width != null && width <= WIDTH) {
      return original;
    }
    Matcher made = THUMBNAIL.matcher(thumbnail.replaceFirst("\\?.*", ""));
    return made.find() && WIDTHS.contains(made.group(1)) ? thumbnail : original;
  }

  @Nullable String page() {
    return JsonAnswer.text(image.path("descriptionurl"));
  }

  String categories() {
    return value("Categories");
  }

  @Nullable String artist() {
    String artist = value("Artist");
    return artist.isEmpty() ? null : artist;
  }

  @Nullable String attribution() {
    String stated =
        Stream.of(value("Artist"), value("Credit"))
            .filter(text -> !text.isEmpty())
            .distinct()
            .collect(Collectors.joining("; "));
    return stated.isEmpty() ? null : stated;
  }

  /** The first statement that is understood. */
  Licence licence() {
    String stated = "";
    for (String field : List.of("License", "LicenseShortName", "LicenseUrl", "UsageTerms")) {
      Licence licence = Licences.read(value(field));
      if (!licence.id().equals(Licences.UNKNOWN)) {
        return licence;
      }
      stated = stated.isEmpty() ? licence.stated() : stated;
    }
    return new Licence(Licences.UNKNOWN, stated);
  }

  /** Without markup; empty where nothing is said. */
  private String value(String field) {
    String value = JsonAnswer.text(image.path("extmetadata").path(field).path("value"));
    if (value == null || value.indexOf('<') < 0 && value.indexOf('&') < 0) {
      return value == null ? "" : value;
    }
    return Jsoup.parse(value).text();
  }
}
