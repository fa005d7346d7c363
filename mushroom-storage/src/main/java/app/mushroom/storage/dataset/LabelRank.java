package app.mushroom.storage.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How closely a label names what is on the photo. */
public enum LabelRank {
  @JsonProperty("species")
  SPECIES,
  /** A bare genus label. */
  @JsonProperty("genus")
  GENUS,
  /** Not a mushroom at all. */
  @JsonProperty("none")
  NONE
}
