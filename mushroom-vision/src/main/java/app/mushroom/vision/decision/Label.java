package app.mushroom.vision.decision;

import app.mushroom.vision.species.Toxicity;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One output of the network.
 *
 * @param label such as {@code amanita_muscaria}
 * @param rank {@code species} or {@code genus}
 * @param scientificName such as {@code Amanita muscaria}
 * @param genus lower case, such as {@code amanita}; null when unknown
 * @param toxicity as known when the model was trained; the catalogue may know worse since
 */
public record Label(
    String label, String rank, String scientificName, @Nullable String genus, Toxicity toxicity) {
  static final String GENUS = "genus";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");

  public Label {
    ModelJson.require("label", label);
    ModelJson.require("rank", rank);
    ModelJson.require("scientificName", scientificName);
    ModelJson.require("toxicity", toxicity);
    if (!NAME.matcher(label).matches() || label.equals("not_mushroom")) {
      throw new IllegalArgumentException(
          "expected a label matching " + NAME + " other than not_mushroom, found '" + label + "'");
    }
    if (!rank.equals("species") && !rank.equals(GENUS)) {
      throw new IllegalArgumentException(
          "expected rank species or genus for label " + label + ", found '" + rank + "'");
    }
  }

  boolean isGenus() {
    return rank.equals(GENUS);
  }
}
