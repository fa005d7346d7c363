package app.mushroom.api.access;

import java.util.Locale;

/** What a key may be used for. */
public enum Scope {
  /** Identifications, heatmaps and feedback. */
  IDENTIFY,
  /** Reading all identifications and all feedback. */
  EXPORT,
  /** Deleting anybody's feedback and the photos that came with it. */
  DELETE;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
