package app.mushroom.collector.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A taxon under its accepted name.
 *
 * @param label as datasets name it: {@code amanita_muscaria}
 * @param name accepted scientific name without author: {@code Amanita muscaria}
 * @param rank {@code species} or {@code genus}
 * @param gbifKey its number at GBIF, where it was resolved there
 * @param synonyms other names that mean it, without authors
 */
public record AcceptedTaxon(
    String label, String name, String rank, @Nullable Long gbifKey, List<String> synonyms) {

  public AcceptedTaxon {
    synonyms = List.copyOf(synonyms);
  }
}
