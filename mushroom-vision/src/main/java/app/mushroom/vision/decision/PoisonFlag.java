package app.mushroom.vision.decision;

/** The three values of the poison flag; nothing reads as harmless. */
public enum PoisonFlag {
  POISONOUS,
  NOT_KNOWN_POISONOUS,
  CANNOT_TELL
}
