package app.mushroom.storage.dataset;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a photo is for: learning, choosing, or the final figures. */
public enum Split {
  @JsonProperty("train")
  TRAIN,
  @JsonProperty("val")
  VAL,
  @JsonProperty("test")
  TEST
}
