package app.mushroom.collector.quality;

import java.util.Set;

/** What {@link PhotoChecks} found. */
public sealed interface PhotoCheck {
  /** Why a photo cannot teach. */
  enum Reason {
    TOO_SMALL("too_small"),
    TOO_NARROW("too_narrow"),
    BLANK("blank");

    private final String word;

    Reason(String word) {
      this.word = word;
    }

    /** As counted in reports. */
    public String word() {
      return word;
    }
  }

  /**
   * The photo is not to be kept.
   *
   * @param message what was expected, what was found, what to do
   */
  record Refused(Reason reason, String message) implements PhotoCheck {}

  /**
   * The photo may be kept.
   *
   * @param flags why someone should look at it, mostly empty
   */
  record Passed(Set<ReviewFlag> flags) implements PhotoCheck {
    public Passed {
      flags = Set.copyOf(flags);
    }
  }
}
