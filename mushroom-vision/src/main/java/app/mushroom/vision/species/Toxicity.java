package app.mushroom.vision.species;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;

/** How poisonous a mushroom is known to be, the worst first. */
public enum Toxicity {
  /** Has killed people. */
  DEADLY,
  /** Makes people ill. */
  POISONOUS,
  /** Harms some people, or when raw, old or taken with alcohol. */
  CAUTION,
  /** Nobody has written down enough to tell. */
  UNKNOWN,
  /** No poisoning is known; that is not a promise. */
  NOT_KNOWN_POISONOUS;

  /**
   * @param json the name used in files, such as {@code not_known_poisonous}
   * @throws IllegalArgumentException naming what was expected
   */
  @JsonCreator
  public static Toxicity of(String json) {
    return Arrays.stream(values())
        .filter(toxicity -> toxicity.json().equals(json))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Expected a toxicity out of deadly, poisonous, caution, unknown,"
                        + " not_known_poisonous, found '"
                        + json
                        + "'"));
  }

  /** The name used in files and by the API. */
  @JsonValue
  public String json() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean isPoisonous() {
    return this == DEADLY || this == POISONOUS;
  }

  /** The worse of the two: deadly, poisonous, caution, unknown, not known to be poisonous. */
  public Toxicity worse(Toxicity other) {
    return compareTo(other) <= 0 ? this : other;
  }
}
