package app.mushroom.vision.species;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules that a species catalogue must keep; all broken ones are reported at once. */
final class CatalogueRules {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  private final Map<String, Species> byLabel = new HashMap<>();
  private final Map<String, String> sources;
  private final List<String> broken = new ArrayList<>();

  private CatalogueRules(Map<String, String> sources) {
    this.sources = sources;
  }

  static void check(int schemaVersion, List<Species> species, Map<String, String> sources) {
    CatalogueRules rules = new CatalogueRules(sources);
    rules.require(schemaVersion == 1, "expected schemaVersion 1, found " + schemaVersion);
    rules.require(!species.isEmpty(), "expected at least one species, found none");
    for (Species s : species) {
      rules.require(
          LABEL.matcher(s.label()).matches(),
          "expected labels matching " + LABEL + ", found '" + s.label() + "'");
      rules.require(
          rules.byLabel.put(s.label(), s) == null,
          "expected each label once, found '" + s.label() + "' twice");
    }
    species.forEach(rules::checkSpecies);
    if (!rules.broken.isEmpty()) {
      throw new InvalidCatalogueException(
          "The species catalogue is invalid: "
              + String.join("; ", rules.broken)
              + ". Correct species.json.");
    }
  }

  private void checkSpecies(Species s) {
    String label = s.label();
    require(!s.scientificName().isBlank(), label + ": expected a scientificName, found none");
    require(!s.genus().isBlank(), label + ": expected a genus, found none");
    require(
        s.rank().equals("species") || s.rank().equals("genus"),
        label + ": expected rank species or genus, found '" + s.rank() + "'");
    require(!s.sources().isEmpty(), label + ": expected at least one source, found none");
    for (String source : s.sources()) {
      require(
          sources.containsKey(source),
          label + ": expected sources listed under \"sources\", found '" + source + "'");
    }
    s.lookAlikes().forEach(lookAlike -> checkLookAlike(s, lookAlike));
  }

  private void checkLookAlike(Species s, LookAlike lookAlike) {
    String label = lookAlike.label();
    require(
        !lookAlike.difference().isBlank(),
        s.label() + ": expected how " + lookAlike.scientificName() + " differs, found nothing");
    if (label == null) {
      return;
    }
    require(!label.equals(s.label()), label + ": expected look-alikes other than itself");
    Optional<Species> other = Optional.ofNullable(byLabel.get(label));
    require(
        other.isPresent(),
        s.label()
            + ": expected look-alikes that the catalogue holds, or no label; found '"
            + label
            + "'");
    other.ifPresent(
        o ->
            require(
                o.toxicity() == lookAlike.toxicity(),
                s.label()
                    + ": expected look-alike "
                    + label
                    + " to be "
                    + o.toxicity().json()
                    + " as its own entry says, found "
                    + lookAlike.toxicity().json()));
  }

  private void require(boolean kept, String otherwise) {
    if (!kept) {
      broken.add(otherwise);
    }
  }
}
