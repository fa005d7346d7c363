package app.mushroom.vision.decision;

/** How precise the answer is. */
public enum AnswerRank {
  SPECIES,
  GENUS,
  NONE
}
