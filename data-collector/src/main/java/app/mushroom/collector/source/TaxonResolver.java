package app.mushroom.collector.source;

import app.mushroom.collector.fetch.FetchException;
import app.mushroom.collector.fetch.Web;
import app.mushroom.collector.fetch.WebAnswer;
import app.mushroom.collector.fetch.WebRequest;
import app.mushroom.collector.source.TaxonResolution.Resolved;
import app.mushroom.collector.source.TaxonResolution.Unresolved;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds the accepted taxon behind a label in GBIF's backbone (<a
 * href="https://techdocs.gbif.org/en/openapi/">species match</a>). Only an exact match counts:
 * whatever resembles a name may be another mushroom.
 */
public final class TaxonResolver {
  private static final URI API = URI.create("https://api.gbif.org/v1");
  private static final Pattern LABEL = Pattern.compile("[a-z]+(-[a-z]+)*(_[a-z]+(-[a-z]+)*)?");
  private static final int MAX_LABEL_CHARS = 64;
  private static final int SYNONYMS_PER_PAGE = 100;
  private static final int MAX_SYNONYM_PAGES = 20;

  /** Names that mean only this taxon. Misapplied and pro parte names mean others too. */
  private static final Set<String> SYNONYMS =
      Set.of("SYNONYM", "HETEROTYPIC_SYNONYM", "HOMOTYPIC_SYNONYM");

  private final Web web;
  private final URI api;

  public TaxonResolver(Web web) {
    this(web, API);
  }

  TaxonResolver(Web web, URI api) {
    this.web = web;
    this.api = api;
  }

  /**
   * @param label a species such as {@code amanita_muscaria}, or a genus such as {@code amanita}
   */
  public TaxonResolution resolve(String label)
      throws FetchException, SourceException, InterruptedException {
    if (label.length() > MAX_LABEL_CHARS || !LABEL.matcher(label).matches()) {
      return new Unresolved(
          label,
          "Expected a label such as amanita_muscaria or amanita, found \"%s\". Write the scientific name in small letters, with _ between genus and species."
              .formatted(label));
    }
    String rank = label.indexOf('_') < 0 ? "genus" : "species";
    String asked = name(label);
    WebAnswer answer =
        web.get(
            WebRequest.api(
                new Query(api, "/species/match")
                    .with("name", asked)
                    .with("rank", rank.toUpperCase(Locale.ROOT))
                    .with("kingdom", "Fungi")
                    .with("strict", "true")
                    .uri()));
    JsonNode match = JsonAnswer.object(answer, "a match of a name");
    String type = JsonAnswer.text(match.path("matchType"));
    if (type == null) {
      throw JsonAnswer.unexpected(answer, "a match of a name with its matchType", null);
    }
    String found = JsonAnswer.text(match.path("canonicalName"));
    if (!type.equals("EXACT") || !asked.equalsIgnoreCase(found)) {
      return new Unresolved(label, inexact(asked, type, found, match));
    }
    String kingdom = JsonAnswer.text(match.path("kingdom"));
    String status = JsonAnswer.text(match.path("status"));
    boolean synonym = status != null && SYNONYMS.contains(status);
    if (!synonym && !"ACCEPTED".equals(status) || kingdom != null && !kingdom.equals("Fungi")) {
      return new Unresolved(
          label,
          "GBIF lists %s in kingdom %s with status %s, so nobody can say which fungus it means. Ask for an accepted name."
              .formatted(asked, kingdom, status));
    }
    Long key = JsonAnswer.count(match.path(synonym ? "acceptedUsageKey" : "usageKey"));
    if (key == null) {
      throw JsonAnswer.unexpected(answer, "a match with the number of its taxon", null);
    }
    return accepted(label, asked, rank, key, synonym ? null : match);
  }

  /**
   * @param match of the accepted name itself; null where it must be looked up
   */
  private TaxonResolution accepted(
      String label, String asked, String rank, long key, @Nullable JsonNode match)
      throws FetchException, SourceException, InterruptedException {
    JsonNode usage = match;
    if (usage == null) {
      usage = JsonAnswer.object(get("/species/" + key), "a taxon");
      String status = JsonAnswer.text(usage.path("taxonomicStatus"));
      if (status != null && !status.equals("ACCEPTED")) {
        return new Unresolved(
            label,
            "GBIF lists %s as a synonym of taxon %d, which itself has status %s. Ask for an accepted name."
                .formatted(asked, key, status));
      }
    }
    String name = Objects.requireNonNullElse(JsonAnswer.text(usage.path("canonicalName")), "");
    String foundRank = JsonAnswer.text(usage.path("rank"));
    String accepted = name.toLowerCase(Locale.ROOT).replace(' ', '_');
    if (!rank.equalsIgnoreCase(foundRank)
        || !LABEL.matcher(accepted).matches()
        || accepted.length() > MAX_LABEL_CHARS) {
      return new Unresolved(
          label,
          "Expected a %s behind %s, found \"%s\" of rank %s at GBIF. Ask for a %s."
              .formatted(rank, asked, name, foundRank, rank));
    }
    Set<String> synonyms = synonyms(key);
    synonyms.add(asked);
    synonyms.remove(name);
    return new Resolved(label, new AcceptedTaxon(accepted, name, rank, key, List.copyOf(synonyms)));
  }

  private Set<String> synonyms(long key)
      throws FetchException, SourceException, InterruptedException {
    Set<String> names = new TreeSet<>();
    long offset = 0;
    for (int page = 0; page < MAX_SYNONYM_PAGES; page++) {
      URI address =
          new Query(api, "/species/" + key + "/synonyms")
              .with("limit", SYNONYMS_PER_PAGE)
              .with("offset", offset)
              .uri();
      WebAnswer answer = web.get(WebRequest.api(address));
      JsonNode envelope = JsonAnswer.object(answer, "a page of synonyms");
      JsonNode results = envelope.path("results");
      if (!results.isArray()) {
        throw JsonAnswer.unexpected(answer, "a page of synonyms with results", null);
      }
      for (JsonNode synonym : results) {
        String name = JsonAnswer.text(synonym.path("canonicalName"));
        String status = JsonAnswer.text(synonym.path("taxonomicStatus"));
        if (name != null && (status == null || SYNONYMS.contains(status))) {
          names.add(name);
        }
      }
      offset += results.size();
      if (results.isEmpty() || envelope.path("endOfRecords").asBoolean(false)) {
        break;
      }
    }
    return names;
  }

  private WebAnswer get(String path) throws FetchException, InterruptedException {
    return web.get(WebRequest.api(new Query(api, path).uri()));
  }

  private static String inexact(String asked, String type, @Nullable String found, JsonNode match) {
    List<String> sentences = new ArrayList<>();
    sentences.add("GBIF knows no fungus by exactly the name " + asked + ":");
    String note = JsonAnswer.text(match.path("note"));
    if (found == null) {
      sentences.add("it found nothing (" + type + (note == null ? "" : ", " + note) + ").");
    } else {
      String rank = String.valueOf(JsonAnswer.text(match.path("rank"))).toLowerCase(Locale.ROOT);
      sentences.add("it found the %s %s (%s).".formatted(rank, found, type));
    }
    sentences.add("Check the spelling; common names are not understood.");
    if (found != null && type.equals("FUZZY")) {
      sentences.add(
          "If that is meant, ask for " + found.toLowerCase(Locale.ROOT).replace(' ', '_') + ".");
    }
    return String.join(" ", sentences);
  }

  private static String name(String label) {
    String words = label.replace('_', ' ');
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
