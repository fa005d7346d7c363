package app.mushroom.vision.species;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What is known about every label, with the sources that say so. Immutable. */
public final class SpeciesCatalogue {
  private static final String RESOURCE = "species.json";
  private static final JsonMapper MAPPER =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private record Document(
      int schemaVersion, @Nullable List<Species> species, @Nullable Map<String, String> sources) {}

  private final Map<String, Species> byLabel;
  private final Map<String, Toxicity> genusToxicity = new HashMap<>();
  private final Map<String, String> sources;

  private SpeciesCatalogue(Map<String, Species> byLabel, Map<String, String> sources) {
    this.byLabel = byLabel;
    this.sources = sources;
    byLabel
        .values()
        .forEach(s -> genusToxicity.merge(key(s.genus()), s.toxicity(), Toxicity::worse));
    // A killer that has no label of its own, such as Cortinarius rubellus, still taints its genus.
    byLabel.values().stream()
        .flatMap(s -> s.lookAlikes().stream())
        .forEach(
            other ->
                genusToxicity.computeIfPresent(
                    key(other.scientificName().split(" ", 2)[0]),
                    (genus, known) -> known.worse(other.toxicity())));
  }

  /**
   * The catalogue that ships with this module.
   *
   * @throws InvalidCatalogueException if it is missing or breaks its own rules
   */
  public static SpeciesCatalogue load() {
    try (InputStream json = SpeciesCatalogue.class.getResourceAsStream(RESOURCE)) {
      if (json == null) {
        throw new InvalidCatalogueException(
            "Expected the species catalogue at app/mushroom/vision/species/species.json on the"
                + " class path, found nothing. Build mushroom-vision again.");
      }
      return read(json);
    } catch (IOException e) {
      throw new InvalidCatalogueException(
          "The species catalogue cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * @throws InvalidCatalogueException naming every rule that the content breaks
   */
  static SpeciesCatalogue read(InputStream json) {
    Document document;
    try {
      document = MAPPER.readValue(json, Document.class);
    } catch (JacksonException e) {
      throw new InvalidCatalogueException(
          "The species catalogue is not valid JSON of the expected form: " + e.getOriginalMessage(),
          e);
    }
    if (document == null) {
      throw new InvalidCatalogueException("Expected a species catalogue, found null.");
    }
    List<Species> species = document.species() == null ? List.of() : document.species();
    Map<String, String> sources = document.sources() == null ? Map.of() : document.sources();
    CatalogueRules.check(document.schemaVersion(), species, sources);
    Map<String, Species> byLabel = new LinkedHashMap<>();
    species.forEach(s -> byLabel.put(s.label(), s));
    return new SpeciesCatalogue(byLabel, Map.copyOf(sources));
  }

  public Optional<Species> find(String label) {
    return Optional.ofNullable(byLabel.get(label));
  }

  /**
   * @throws IllegalArgumentException if the catalogue does not hold the label
   */
  public Species require(String label) {
    return find(label)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Expected a label of the species catalogue, found '"
                        + label
                        + "'. Add it to species.json with its sources, or use another label."));
  }

  /** Every species and genus, in the order of the file. */
  public List<Species> all() {
    return List.copyOf(byLabel.values());
  }

  /**
   * The worst toxicity in a genus, look-alikes without an entry of their own included, whatever the
   * case of its name; UNKNOWN if none is listed.
   */
  public Toxicity genusToxicity(String genus) {
    return genusToxicity.getOrDefault(key(genus), Toxicity.UNKNOWN);
  }

  public boolean genusHoldsDeadly(String genus) {
    return genusToxicity(genus) == Toxicity.DEADLY;
  }

  /** What a key in {@link Species#sources()} stands for. */
  public Map<String, String> sources() {
    return sources;
  }

  private static String key(String genus) {
    return genus.toLowerCase(Locale.ROOT);
  }
}
