package app.mushroom.collector.source;

import app.mushroom.collector.fetch.FetchException;
import app.mushroom.collector.fetch.Web;
import app.mushroom.collector.fetch.WebAnswer;
import app.mushroom.collector.fetch.WebRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Occurrences with pictures at GBIF (<a
 * href="https://techdocs.gbif.org/en/openapi/v1/occurrence">occurrence search</a>). A cursor is the
 * number of records that come before; GBIF lists no more than the first 100,000.
 */
public final class Gbif implements Source {
  /** Its name. */
  public static final String NAME = "gbif";

  private static final URI API = URI.create("https://api.gbif.org/v1");
  private static final int LIMIT = 300;
  private static final int MAX_RECORDS = 100_000;
  private static final String INATURALIST_DATASET = "50c9509d-22c7-4a22-a47d-8c48425ef4a7";
  private static final Pattern INATURALIST_PAGE =
      Pattern.compile("https?://(?:www\\.)?inaturalist\\.[a-z.]+/observations/([0-9]{1,18})\\b.*");

  /** Herbarium sheets, dried and labelled, are no photographs of what grows. */
  private static final Set<String> SPECIMENS = Set.of("PRESERVED_SPECIMEN", "FOSSIL_SPECIMEN");

  private final Web web;
  private final URI api;
  private final List<String> licences;
  private final LicencePolicy policy;

  /**
   * @param policy asked for already in the query where that narrows the list; media of other
   *     licences may come all the same
   */
  public Gbif(Web web, LicencePolicy policy) {
    this(web, policy, API);
  }

  Gbif(Web web, LicencePolicy policy, URI api) {
    this.web = web;
    this.policy = policy;
    this.licences = policy.gbifValues();
    this.api = api;
  }

  @Override
  public String name() {
    return NAME;
  }

  /**
   * @throws SourceException also if the taxon was never resolved at GBIF
   */
  @Override
  public PhotoPage photos(AcceptedTaxon taxon, @Nullable String cursor)
      throws FetchException, SourceException, InterruptedException {
    Long key = taxon.gbifKey();
    if (key == null) {
      throw new SourceException(
          "Expected GBIF's number of %s, found none. Resolve the name at GBIF first."
              .formatted(taxon.name()));
    }
    long offset = cursor == null ? 0 : Cursors.number(NAME, cursor);
    PageDraft page = new PageDraft();
    if (offset >= MAX_RECORDS) {
      return page.page(null);
    }
    WebAnswer answer = web.get(WebRequest.api(address(key, offset)));
    JsonNode envelope = JsonAnswer.object(answer, "a page of occurrences");
    JsonNode results = envelope.path("results");
    if (!results.isArray()) {
      throw JsonAnswer.unexpected(answer, "a page of occurrences with results", null);
    }
    for (JsonNode occurrence : results) {
      read(occurrence, taxon, key, page);
    }
    long next = offset + results.size();
    if (results.isEmpty() || envelope.path("endOfRecords").asBoolean(false)) {
      return page.page(null);
    }
    if (next >= MAX_RECORDS) {
      page.skip("occurrences from number " + MAX_RECORDS, "beyond_limit");
      return page.page(null);
    }
    return page.page(Long.toString(next));
  }

  private URI address(long key, long offset) {
    Query query =
        new Query(api, "/occurrence/search").with("taxonKey", key).with("mediaType", "StillImage");
    licences.forEach(licence -> query.with("license", licence));
    return query.with("limit", Math.min(LIMIT, MAX_RECORDS - offset)).with("offset", offset).uri();
  }

  private void read(JsonNode occurrence, AcceptedTaxon taxon, long key, PageDraft page) {
    String id = JsonAnswer.text(occurrence.path("key"));
    String where = "occurrence " + id;
    if (id == null) {
      page.skip("an occurrence", "no_id");
    } else if (!isOf(key, occurrence)) {
      page.skip(where, "other_taxon");
    } else if (SPECIMENS.contains(occurrence.path("basisOfRecord").asString(""))) {
      page.skip(where, "specimen");
    } else if (occurrence.path("occurrenceStatus").asString("").equals("ABSENT")) {
      page.skip(where, "absent");
    } else if (occurrence.path("media").isEmpty()) {
      page.skip(where, "no_media");
    } else {
      for (JsonNode medium : occurrence.path("media")) {
        read(medium, id, occurrence, taxon, page);
      }
    }
  }

  /** True also where the record says nothing of its taxon. */
  private static boolean isOf(long key, JsonNode occurrence) {
    List<Long> keys =
        Stream.of("taxonKey", "acceptedTaxonKey", "speciesKey", "genusKey")
            .map(name -> JsonAnswer.count(occurrence.path(name)))
            .filter(Objects::nonNull)
            .toList();
    return keys.isEmpty() || keys.contains(key);
  }

  private void read(
      JsonNode medium, String id, JsonNode occurrence, AcceptedTaxon taxon, PageDraft page) {
    String identifier = JsonAnswer.text(medium.path("identifier"));
    String where = "occurrence " + id + ", medium " + identifier;
    String type = JsonAnswer.text(medium.path("type"));
    String format = JsonAnswer.text(medium.path("format"));
    boolean fromINaturalist =
        INATURALIST_DATASET.equals(JsonAnswer.text(occurrence.path("datasetKey")));
    URI address = HttpAddress.read(identifier);
    if (type != null && !type.equals("StillImage")
        || format != null
            && format.indexOf('/') > 0
            && !format.toLowerCase(Locale.ROOT).startsWith("image/")) {
      page.skip(where, "no_image");
    } else if (address == null || identifier == null) {
      page.skip(where, "no_address");
    } else {
      URI smaller = fromINaturalist ? INaturalist.large(identifier) : null;
      String scientific = JsonAnswer.text(occurrence.path("scientificName"));
      page.add(
          new OfferedPhoto(
              NAME,
              id + "/" + identifier,
              smaller == null ? address : smaller,
              page(id, occurrence),
              observation(id, occurrence, fromINaturalist),
              JsonAnswer.text(occurrence.path("recordedBy")),
              Licences.read(JsonAnswer.text(medium.path("license"))),
              attribution(medium, occurrence),
              scientific == null ? taxon.name() : scientific,
              sighting(occurrence)));
    }
  }

  /** The record's own licence counts here: when and where are its content, not the picture's. */
  private @Nullable Sighting sighting(JsonNode occurrence) {
    if (!policy.allows(Licences.read(JsonAnswer.text(occurrence.path("license"))))) {
      return null;
    }
    String text = JsonAnswer.text(occurrence.path("coordinateUncertaintyInMeters"));
    boolean vague = text != null && !text.matches("[0-9]{1,5}(?:\\.[0-9]+)?");
    return Sighting.of(
        Sighting.month(JsonAnswer.text(occurrence.path("eventDate"))),
        vague
            ? null
            : Sighting.cell(
                occurrence.path("decimalLatitude"), occurrence.path("decimalLongitude")));
  }

  private static URI page(String id, JsonNode occurrence) {
    URI stated = HttpAddress.read(JsonAnswer.text(occurrence.path("references")));
    return stated == null ? URI.create("https://www.gbif.org/occurrence/" + id) : stated;
  }

  /** iNaturalist's own number for its finds, so that one find has one id in both sources. */
  private static String observation(String id, JsonNode occurrence, boolean fromINaturalist) {
    if (fromINaturalist) {
      for (String field : List.of("references", "occurrenceID")) {
        Matcher page = INATURALIST_PAGE.matcher(occurrence.path(field).asString(""));
        if (page.matches()) {
          return INaturalist.observation(Long.parseLong(page.group(1)));
        }
      }
    }
    return NAME + ":" + id;
  }

  private static @Nullable String attribution(JsonNode medium, JsonNode occurrence) {
    List<String> stated =
        Stream.of(
                medium.path("creator"),
                medium.path("rightsHolder"),
                occurrence.path("rightsHolder"))
            .map(JsonAnswer::text)
            .filter(Objects::nonNull)
            .distinct()
            .toList();
    return stated.isEmpty()
        ? JsonAnswer.text(occurrence.path("recordedBy"))
        : String.join("; ", stated);
  }
}
