package app.mushroom.collector.source;

import app.mushroom.collector.fetch.FetchException;
import app.mushroom.collector.fetch.Web;
import app.mushroom.collector.fetch.WebAnswer;
import app.mushroom.collector.fetch.WebRequest;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Files at Wikimedia Commons (<a href="https://www.mediawiki.org/wiki/API:Imageinfo">MediaWiki
 * API</a>): first those of the taxon's category, then those that a search finds and whose title or
 * categories state its name.
 *
 * <p>A cursor is the phase, the number of the page, and what the answer before said to {@code
 * continue} with: {@code category 2 gcmcontinue=…&continue=…}.
 */
public final class WikimediaCommons implements Source {
  /** Its name. */
  public static final String NAME = "commons";

  private static final URI API = URI.create("https://commons.wikimedia.org/w/api.php");
  private static final int FILES_PER_PAGE = 50;

  /** More than any category of fungi needs; an answer that goes on for ever ends here. */
  private static final int MAX_PAGES = 500;

  private static final Pattern CURSOR =
      Pattern.compile("(category|search) ([0-9]{1,4})(?: ([^ ]*))?");
  private static final Pattern PARAMETER = Pattern.compile("[a-z]+continue|[a-z]*offset|iistart");
  private static final Set<String> TYPES = Set.of("image/jpeg", "image/png", "image/webp");

  /** Only these widths are made, others are answered 429 (phabricator.wikimedia.org/T414805). */
  private static final Set<String> WIDTHS =
      Set.of("20", "40", "60", "120", "250", "330", "500", "960", "1280", "1920", "3840");

  private static final int WIDTH = 960;
  private static final Pattern THUMBNAIL = Pattern.compile("/(?:[a-z0-9]+-)*([0-9]+)px-[^/]*$");

  /** Errors that pass: too busy, closed for writing, too many requests. */
  private static final Set<String> PASSING = Set.of("maxlag", "readonly", "ratelimited");

  private final Web web;
  private final URI api;

  public WikimediaCommons(Web web) {
    this(web, API);
  }

  WikimediaCommons(Web web, URI api) {
    this.web = web;
    this.api = api;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PhotoPage photos(AcceptedTaxon taxon, @Nullable String cursor)
      throws FetchException, SourceException, InterruptedException {
    Matcher place = CURSOR.matcher(cursor == null ? "category 1" : cursor);
    if (!place.matches()) {
      throw Cursors.foreign(
          NAME, String.valueOf(cursor), "\"category\" or \"search\" and a number");
    }
    boolean search = place.group(1).equals("search");
    int number = Integer.parseInt(place.group(2));
    Map<String, String> continued = decoded(place.group(3));
    WebAnswer answer = web.get(WebRequest.api(address(taxon, search, continued)));
    JsonNode envelope = JsonAnswer.object(answer, "a page of files");
    requireNoError(envelope, answer);
    PageDraft page = new PageDraft();
    boolean complete = envelope.has("batchcomplete") || !envelope.has("continue");
    for (JsonNode file : envelope.path("query").path("pages")) {
      read(file, taxon, search, complete, page);
    }
    Map<String, String> next = continuation(envelope.path("continue"));
    if (!next.isEmpty() && next.equals(continued)) {
      throw JsonAnswer.unexpected(answer, "a page after " + continued, null);
    }
    if (!next.isEmpty() && number < MAX_PAGES) {
      return page.page(place.group(1) + " " + (number + 1) + " " + encoded(next));
    }
    return page.page(search ? null : "search 1");
  }

  private URI address(AcceptedTaxon taxon, boolean search, Map<String, String> continued) {
    Query query = new Query(api, "").with("action", "query").with("format", "json");
    if (search) {
      query
          .with("generator", "search")
          .with("gsrsearch", '"' + taxon.name() + '"')
          .with("gsrnamespace", 6)
          .with("gsrlimit", FILES_PER_PAGE);
    } else {
      query
          .with("generator", "categorymembers")
          .with("gcmtitle", "Category:" + taxon.name())
          .with("gcmtype", "file")
          .with("gcmlimit", FILES_PER_PAGE);
    }
    query
        .with("prop", "imageinfo")
        .with("iiprop", "url|size|mime|sha1|user|extmetadata")
        .with("iiurlwidth", WIDTH)
        .with("maxlag", 5);
    continued.forEach(query::with);
    return query.uri();
  }

  /** Errors come with status 200. */
  private static void requireNoError(JsonNode envelope, WebAnswer answer) throws SourceException {
    JsonNode error = envelope.path("error");
    if (error.isObject()) {
      String code = String.valueOf(JsonAnswer.text(error.path("code")));
      throw new SourceException(
          "Expected a page of files from %s, found the error %s: %s. %s"
              .formatted(
                  answer.address().getHost(),
                  code,
                  JsonAnswer.text(error.path("info")),
                  PASSING.contains(code)
                      ? "Try later: the host is busy."
                      : "The source has changed and the collector must follow."));
    }
    if (!envelope.has("query") && !envelope.has("batchcomplete") && !envelope.has("continue")) {
      throw JsonAnswer.unexpected(answer, "a page of files with a query", null);
    }
  }

  private static void read(
      JsonNode file, AcceptedTaxon taxon, boolean search, boolean complete, PageDraft page) {
    String title = JsonAnswer.text(file.path("title"));
    String id = JsonAnswer.text(file.path("pageid"));
    String where = title == null ? "file " + id : title;
    JsonNode image = file.path("imageinfo").path(0);
    if (file.has("missing")) {
      page.skip(where, "missing");
    } else if (file.has("ns") && !"6".equals(JsonAnswer.text(file.path("ns")))) {
      page.skip(where, "no_file");
    } else if (id == null) {
      page.skip(where, "no_id");
    } else if (image.isMissingNode()) {
      // The parts of a long answer come one by one; the file comes again with its own.
      if (complete) {
        page.skip(where, "no_image");
      }
    } else if (!TYPES.contains(image.path("mime").asString(""))) {
      page.skip(where, "no_photo_type");
    } else {
      offer(image, id, where, taxon, search, page);
    }
  }

  private static void offer(
      JsonNode image,
      String id,
      String title,
      AcceptedTaxon taxon,
      boolean search,
      PageDraft page) {
    JsonNode stated = image.path("extmetadata");
    URI address = HttpAddress.read(address(image));
    String categories = value(stated, "Categories");
    if (address == null) {
      page.skip(title, "no_address");
    } else if (search && !TaxonNames.standIn(title + " | " + categories, taxon)) {
      page.skip(title, "name_not_stated");
    } else {
      String artist = plain(value(stated, "Artist"));
      String credit = plain(value(stated, "Credit"));
      String attribution =
          Stream.of(artist, credit)
              .filter(text -> !text.isEmpty())
              .distinct()
              .collect(Collectors.joining("; "));
      page.add(
          new OfferedPhoto(
              NAME,
              id,
              address,
              HttpAddress.read(JsonAnswer.text(image.path("descriptionurl"))),
              null,
              artist.isEmpty() ? null : artist,
              licence(stated),
              attribution.isEmpty() ? null : attribution,
              taxon.name()));
    }
  }

  /** The thumbnail, where the original is larger and the thumbnail of a width that is made. */
  private static @Nullable String address(JsonNode image) {
    String original = JsonAnswer.text(image.path("url"));
    String thumbnail = JsonAnswer.text(image.path("thumburl"));
    Long width = JsonAnswer.count(image.path("width"));
    if (thumbnail == null || width != null && width <= WIDTH) {
      return original;
    }
    Matcher made = THUMBNAIL.matcher(thumbnail.replaceFirst("\\?.*", ""));
    return made.find() && WIDTHS.contains(made.group(1)) ? thumbnail : original;
  }

  private static Licence licence(JsonNode stated) {
    Licence first = new Licence(Licences.UNKNOWN, "");
    for (String field : List.of("License", "LicenseShortName", "LicenseUrl", "UsageTerms")) {
      Licence licence = Licences.read(plain(value(stated, field)));
      if (!licence.id().equals(Licences.UNKNOWN)) {
        return licence;
      }
      first = first.stated().isEmpty() ? licence : first;
    }
    return first;
  }

  private static String value(JsonNode stated, String field) {
    String value = JsonAnswer.text(stated.path(field).path("value"));
    return value == null ? "" : value;
  }

  private static String plain(String html) {
    return html.indexOf('<') < 0 && html.indexOf('&') < 0 ? html : Jsoup.parse(html).text();
  }

  private static Map<String, String> continuation(JsonNode stated) {
    Map<String, String> next = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : stated.properties()) {
      String value = JsonAnswer.text(entry.getValue());
      boolean known =
          entry.getKey().equals("continue") || PARAMETER.matcher(entry.getKey()).matches();
      if (known && value != null) {
        next.put(entry.getKey(), value);
      }
    }
    return next;
  }

  private static String encoded(Map<String, String> parameters) {
    return parameters.entrySet().stream()
        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  private static Map<String, String> decoded(@Nullable String text) {
    Map<String, String> parameters = new TreeMap<>();
    for (String pair : text == null || text.isEmpty() ? new String[0] : text.split("&")) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? "" : pair.substring(0, equals);
      if (name.equals("continue") || PARAMETER.matcher(name).matches()) {
        parameters.put(name, URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8));
      }
    }
    return parameters;
  }
}
