package app.mushroom.vision.decision;

/** Why the poison flag says what it says. */
public enum PoisonReason {
  NOT_A_MUSHROOM(
      "This does not look like a photo of a mushroom, so nothing can be said about poison."),
  NOT_SURE(
      "The photo does not show clearly enough which mushroom this is, so nothing can be said about"
          + " poison."),
  DEADLY_SPECIES("The likeliest answer is a mushroom that has killed people."),
  POISONOUS_SPECIES("The likeliest answer is a poisonous mushroom."),
  GENUS_HOLDS_DEADLY("This genus includes species that have killed people."),
  GENUS_HOLDS_POISONOUS("This genus includes poisonous species."),
  DEADLY_POSSIBLE("Deadly mushrooms look too much like this one to rule them out."),
  POISONOUS_POSSIBLE("Poisonous mushrooms look too much like this one to rule them out."),
  POISON_NOT_RULED_OUT(
      "There is a chance that this is a poisonous mushroom, too small to say so and too large to"
          + " leave out."),
  HARMS_SOME(
      "The likeliest answer is known to harm some people, or when raw, old or taken with alcohol."),
  LITTLE_KNOWN("Little has been written about whether the likeliest answer is poisonous."),
  NO_POISON_KNOWN(
      "No poisoning is known from the likeliest answer. A photo cannot rule out a mistake.");

  private final String sentence;

  PoisonReason(String sentence) {
    this.sentence = sentence;
  }

  /** A sentence for the person who sent the photo. */
  public String sentence() {
    return sentence;
  }
}
