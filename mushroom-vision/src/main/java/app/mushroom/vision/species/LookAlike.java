package app.mushroom.vision.species;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A mushroom that a species is mistaken for.
 *
 * @param label in the catalogue; null when the catalogue does not hold it
 * @param scientificName such as {@code Amanita phalloides}
 * @param toxicity of the look-alike
 * @param difference a sentence on how to tell the two apart
 */
public record LookAlike(
    @Nullable String label, String scientificName, Toxicity toxicity, String difference) {

  public LookAlike {
    Objects.requireNonNull(scientificName, "scientificName");
    Objects.requireNonNull(toxicity, "toxicity");
    Objects.requireNonNull(difference, "difference");
  }
}
