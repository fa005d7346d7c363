package app.mushroom.collector.source;

import app.mushroom.collector.fetch.FetchException;
import app.mushroom.collector.fetch.Web;
import app.mushroom.collector.fetch.WebAnswer;
import app.mushroom.collector.fetch.WebRequest;
import app.mushroom.collector.source.CommonsPlace.Phase;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Files at Wikimedia Commons (<a href="https://www.mediawiki.org/wiki/API:Imageinfo">MediaWiki
 * API</a>): first those of the taxon's category; of a genus then a few of each of its species'
 * categories, where most of its files are; then those that a search finds and whose title or
 * categories state its name. A file of two of these is listed twice, with the same id.
 */
public final class WikimediaCommons implements Source {
  /** Its name. */
  public static final String NAME = "commons";

  private static final String CATEGORY = CommonsPlace.CATEGORY;
  private static final URI API = URI.create("https://commons.wikimedia.org/w/api.php");
  private static final int FILES_PER_PAGE = 50;

  /** Few, so that a genus is shown by many species; there are up to 200 of them. */
  private static final int FILES_PER_SPECIES = 10;

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
    CommonsPlace place = CommonsPlace.read(cursor);
    WebAnswer answer = web.get(WebRequest.api(address(taxon, place)));
    JsonNode envelope = JsonAnswer.object(answer, "a page of files");
    requireNoError(envelope, answer);
    PageDraft page = new PageDraft();
    boolean complete = envelope.has("batchcomplete") || !envelope.has("continue");
    String name =
        place.open().isEmpty() ? taxon.name() : place.open().get(0).substring(CATEGORY.length());
    for (JsonNode file : envelope.path("query").path("pages")) {
      read(file, taxon, name, place.isSearch(), complete, page);
    }
    CommonsPlace next =
        place.next(envelope.path("continue"), taxon, subcategories(taxon, envelope));
    if (next != null
        && next.phase() == place.phase()
        && place.open().isEmpty()
        && next.continued().equals(place.continued())) {
      throw JsonAnswer.unexpected(answer, "a page after the one before", null);
    }
    return page.page(next == null ? null : next.toString());
  }

  /** Those that are named as a species of the genus is, not "Amanita by country". */
  private static List<String> subcategories(AcceptedTaxon genus, JsonNode envelope) {
    Pattern species =
        Pattern.compile(Pattern.quote(CATEGORY + genus.name()) + " [a-z]+(?:-[a-z]+)*");
    return envelope
        .path("query")
        .path("categorymembers")
        .valueStream()
        .map(member -> JsonAnswer.text(member.path("title")))
        .filter(Objects::nonNull)
        .filter(title -> species.matcher(title).matches())
        .toList();
  }

  private URI address(AcceptedTaxon taxon, CommonsPlace place) {
    Query query = new Query(api, "").with("action", "query").with("format", "json");
    switch (place.phase()) {
      case SEARCH ->
          query
              .with("generator", "search")
              .with("gsrsearch", '"' + taxon.name() + '"')
              .with("gsrnamespace", 6)
              .with("gsrlimit", FILES_PER_PAGE);
      case SUBCATEGORIES ->
          query
              .with("list", "categorymembers")
              .with("cmtitle", CATEGORY + taxon.name())
              .with("cmtype", "subcat")
              .with("cmlimit", FILES_PER_PAGE)
              .with("maxlag", 5);
      case CATEGORY -> files(query, CATEGORY + taxon.name(), FILES_PER_PAGE);
      case SPECIES -> files(query, place.open().get(0), FILES_PER_SPECIES);
    }
    if (place.phase() != Phase.SUBCATEGORIES) {
      query
          .with("prop", "imageinfo")
          .with("iiprop", "url|size|mime|sha1|user|extmetadata")
          .with("iiurlwidth", CommonsFile.WIDTH)
          .with("maxlag", 5);
    }
    if (place.phase() != Phase.SPECIES) {
      place.continued().forEach(query::with);
    }
    return query.uri();
  }

  private static void files(Query query, String category, int limit) {
    query
        .with("generator", "categorymembers")
        .with("gcmtitle", category)
        .with("gcmtype", "file")
        .with("gcmlimit", limit);
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
      JsonNode listed,
      AcceptedTaxon taxon,
      String name,
      boolean search,
      boolean complete,
      PageDraft page) {
    String title = JsonAnswer.text(listed.path("title"));
    String id = JsonAnswer.text(listed.path("pageid"));
    String where = title == null ? "file " + id : title;
    JsonNode image = listed.path("imageinfo").path(0);
    CommonsFile file = new CommonsFile(image);
    URI address = HttpAddress.read(file.address());
    if (listed.has("missing")) {
      page.skip(where, "missing");
    } else if (listed.has("ns") && !"6".equals(JsonAnswer.text(listed.path("ns")))) {
      page.skip(where, "no_file");
    } else if (id == null) {
      page.skip(where, "no_id");
    } else if (image.isMissingNode()) {
      // The parts of a long answer come one by one; the file comes again with its own.
      if (complete) {
        page.skip(where, "no_image");
      }
    } else if (!file.isPhoto()) {
      page.skip(where, "no_photo_type");
    } else if (address == null) {
      page.skip(where, "no_address");
    } else if (search && !TaxonNames.standIn(where + " | " + file.categories(), taxon)) {
      page.skip(where, "name_not_stated");
    } else {
      page.add(
          new OfferedPhoto(
              NAME,
              id,
              address,
              HttpAddress.read(file.page()),
              null,
              file.artist(),
              file.licence(),
              file.attribution(),
              name));
    }
  }
}
