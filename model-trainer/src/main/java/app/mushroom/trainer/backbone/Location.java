package app.mushroom.trainer.backbone;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An address in a form that may be shown and kept. */
final class Location {

  /** Scheme, user, host with path; then a query and a fragment. */
  private static final Pattern PARTS =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://)(?:[^/?#]*@)?([^?#]*).*", Pattern.DOTALL);

  private Location() {}

  /**
   * Without user, query and fragment: these are where the secrets of a signed address are. Names of
   * files, of buckets' objects and of the zoo's models have no such parts and stay as they are.
   */
  static String shown(String location) {
    if (location.startsWith("gs://") || location.startsWith("djl://")) {
      return location;
    }
    Matcher parts = PARTS.matcher(location);
    return parts.matches() ? parts.group(1) + parts.group(2) : location;
  }
}
