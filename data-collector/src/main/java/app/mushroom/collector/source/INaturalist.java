package app.mushroom.collector.source;

import app.mushroom.collector.fetch.FetchException;
import app.mushroom.collector.fetch.Web;
import app.mushroom.collector.fetch.WebAnswer;
import app.mushroom.collector.fetch.WebRequest;
import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Observations of research grade at iNaturalist (<a href="https://api.inaturalist.org/v1/docs/">API
 * v1</a>). A cursor is the id of the last observation that was listed: {@code page} ends at 10,000
 * results, {@code id_above} does not.
 */
public final class INaturalist implements Source {
  /** Its name. */
  public static final String NAME = "inaturalist";

  private static final URI API = URI.create("https://api.inaturalist.org/v1");
  private static final int PER_PAGE = 200;
  private static final int SPECIES_LEVEL = 10;
  private static final int GENUS_LEVEL = 20;
  private static final Pattern SIZE =
      Pattern.compile("/(?:square|thumb|small|medium|large|original)(\\.[A-Za-z]{3,4})(?=\\?|$)");

  private final Web web;
  private final URI api;
  private final List<String> licences;
  private final LicencePolicy policy;

  /**
   * @param policy asked for already in the query where that narrows the list; photos of other
   *     licences may come all the same
   */
  public INaturalist(Web web, LicencePolicy policy) {
    this(web, policy, API);
  }

  INaturalist(Web web, LicencePolicy policy, URI api) {
    this.web = web;
    this.policy = policy;
    this.licences = policy.inaturalistValues();
    this.api = api;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PhotoPage photos(AcceptedTaxon taxon, @Nullable String cursor)
      throws FetchException, SourceException, InterruptedException {
    long above = cursor == null ? 0 : Cursors.number(NAME, cursor);
    String expected = "a page of observations";
    WebAnswer answer = web.get(WebRequest.api(address(taxon, above)));
    JsonNode envelope = JsonAnswer.object(answer, expected);
    JsonNode results = envelope.path("results");
    if (!results.isArray()) {
      throw JsonAnswer.unexpected(answer, expected + " with results", null);
    }
    PageDraft page = new PageDraft();
    long last = above;
    for (JsonNode observation : results) {
      Long id = JsonAnswer.count(observation.path("id"));
      if (id == null) {
        page.skip("after observation " + last, "no_id");
      } else {
        last = Math.max(last, id);
        read(observation, id, taxon, page);
      }
    }
    Long perPage = JsonAnswer.count(envelope.path("per_page"));
    if (results.size() < (perPage == null || perPage == 0 ? PER_PAGE : perPage)
        || results.isEmpty()) {
      return page.page(null);
    }
    if (last == above) {
      throw JsonAnswer.unexpected(answer, "observations after number " + above, null);
    }
    return page.page(Long.toString(last));
  }

  private URI address(AcceptedTaxon taxon, long above) {
    Query query =
        new Query(api, "/observations")
            .with("taxon_name", taxon.name())
            .with("quality_grade", "research")
            .with("photos", "true")
            .with("order", "asc")
            .with("order_by", "id")
            .with("per_page", PER_PAGE);
    if (!licences.isEmpty()) {
      query.with("photo_license", String.join(",", licences));
    }
    if (above > 0) {
      query.with("id_above", above);
    }
    return query.uri();
  }

  private void read(JsonNode observation, long id, AcceptedTaxon taxon, PageDraft page) {
    String where = "observation " + id;
    String name = JsonAnswer.text(observation.path("taxon").path("name"));
    if (name == null) {
      page.skip(where, "no_taxon");
      return;
    }
    if (!isOf(taxon, name, observation.path("taxon"))) {
      page.skip(where + " of " + name, "other_taxon");
      return;
    }
    String grade = JsonAnswer.text(observation.path("quality_grade"));
    if (grade != null && !grade.equals("research")) {
      page.skip(where, "not_research_grade");
      return;
    }
    JsonNode photos = observation.path("photos");
    if (!photos.isArray() || photos.isEmpty()) {
      page.skip(where, "no_photos");
      return;
    }
    URI shown = HttpAddress.read(JsonAnswer.text(observation.path("uri")));
    if (shown == null) {
      shown = URI.create("https://www.inaturalist.org/observations/" + id);
    }
    Sighting sighting = sighting(observation);
    String observer = JsonAnswer.text(observation.path("user").path("login"));
    for (JsonNode photo : photos) {
      String photoId = JsonAnswer.text(photo.path("id"));
      URI address = large(JsonAnswer.text(photo.path("url")));
      String whichPhoto = where + ", photo " + photoId;
      if (photoId == null) {
        page.skip(where, "no_id");
      } else if (!photo.path("flags").isEmpty()) {
        page.skip(whichPhoto, "flagged");
      } else if (address == null) {
        page.skip(whichPhoto, "no_address");
      } else {
        page.add(
            new OfferedPhoto(
                NAME,
                photoId,
                address,
                shown,
                observation(id),
                observer,
                licence(JsonAnswer.text(photo.path("license_code"))),
                JsonAnswer.text(photo.path("attribution")),
                name,
                sighting));
      }
    }
  }

  /** The observation's own licence counts here, not that of its photos. */
  private @Nullable Sighting sighting(JsonNode observation) {
    if (!policy.allows(licence(JsonAnswer.text(observation.path("license_code"))))) {
      return null;
    }
    JsonNode point = observation.path("geojson").path("coordinates");
    return Sighting.of(
        Sighting.month(JsonAnswer.text(observation.path("observed_on"))),
        Sighting.cell(point.path(1), point.path(0)));
  }

  /** A complex of species is named like one of them, but is a rank above. */
  private static boolean isOf(AcceptedTaxon taxon, String name, JsonNode stated) {
    String kind = JsonAnswer.text(stated.path("iconic_taxon_name"));
    Long level = JsonAnswer.count(stated.path("rank_level"));
    int highest = taxon.rank().equals("species") ? SPECIES_LEVEL : GENUS_LEVEL;
    return TaxonNames.mean(taxon, name)
        && (kind == null || kind.equals("Fungi"))
        && (level == null || level <= highest);
  }

  /** The id of an observation, whichever source lists it. */
  static String observation(long id) {
    return NAME + ":" + id;
  }

  /** Here no licence means that nobody gave one, not that nobody knows. */
  private static Licence licence(@Nullable String code) {
    return code == null ? new Licence(Licences.ALL_RIGHTS_RESERVED, "") : Licences.read(code);
  }

  /** The address of the same photo with 1024 pixels at its longer side; null where it has none. */
  static @Nullable URI large(@Nullable String address) {
    if (address == null) {
      return null;
    }
    Matcher size = SIZE.matcher(address);
    return size.find() ? HttpAddress.read(size.replaceFirst("/large$1")) : null;
  }
}
