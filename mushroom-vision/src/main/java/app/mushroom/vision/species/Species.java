package app.mushroom.vision.species;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the catalogue says about one label.
 *
 * @param label name in datasets and models, such as {@code amanita_muscaria}
 * @param scientificName accepted name
 * @param commonNames English names, the usual one first; may be empty
 * @param rank {@code species} or {@code genus}
 * @param genus lower case, such as {@code amanita}
 * @param toxicity the worst that the sources say
 * @param syndrome what the poison does, when it is known
 * @param lookAlikes what it is mistaken for, the most dangerous first
 * @param synonyms earlier scientific names
 * @param sources keys into the catalogue's list of sources, at least one
 */
public record Species(
    String label,
    String scientificName,
    List<String> commonNames,
    String rank,
    String genus,
    @Nullable String family,
    Toxicity toxicity,
    @Nullable String syndrome,
    List<LookAlike> lookAlikes,
    List<String> synonyms,
    List<String> sources,
    @Nullable String note) {

  public Species {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(scientificName, "scientificName");
    Objects.requireNonNull(rank, "rank");
    Objects.requireNonNull(genus, "genus");
    Objects.requireNonNull(toxicity, "toxicity");
    commonNames = List.copyOf(commonNames);
    lookAlikes = List.copyOf(lookAlikes);
    synonyms = List.copyOf(synonyms);
    sources = List.copyOf(sources);
  }
}
