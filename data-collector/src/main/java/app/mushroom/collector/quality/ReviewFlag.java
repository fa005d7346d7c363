package app.mushroom.collector.quality;

/** Why a person should look at a photo before it teaches; it is kept all the same. */
public enum ReviewFlag {
  /** Large areas of one colour and few colours: drawn, or a logo, map or diagram. */
  DRAWING("drawing"),
  /** Cut straight through at regular places: several pictures in one. */
  COLLAGE("collage");

  private final String word;

  ReviewFlag(String word) {
    this.word = word;
  }

  /** As counted in reports. */
  public String word() {
    return word;
  }
}
