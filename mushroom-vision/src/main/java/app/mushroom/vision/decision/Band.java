package app.mushroom.vision.decision;

/** A word for how confident an answer is; never stronger than "very likely". */
public enum Band {
  VERY_LIKELY,
  LIKELY,
  UNCERTAIN
}
