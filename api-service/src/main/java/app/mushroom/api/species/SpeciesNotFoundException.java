package app.mushroom.api.species;

/** The catalogue does not hold a label. */
public final class SpeciesNotFoundException extends RuntimeException {
  SpeciesNotFoundException(String label) {
    super(
        "Expected a label of the species catalogue, found '"
            + label
            + "'. GET /api/v1/species lists them.");
  }
}
