package app.mushroom.collector.fetch;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads X-Robots-Tag headers, in which a host says what an answer must not be used for. A directive
 * after a robot's name is for that robot only, up to the next name. The names {@code noai} and
 * {@code noimageai} are no standard, but what hosts use to keep pictures out of training.
 */
final class RobotsTag {
  private static final Set<String> KEEPING_OUT =
      Set.of("noindex", "noimageindex", "noai", "noimageai", "none");

  /** Directives that have a value after a colon; what else stands before one is a robot's name. */
  private static final Set<String> WITH_VALUE =
      Set.of("unavailable_after", "max-snippet", "max-image-preview", "max-video-preview");

  private static final Pattern NAME = Pattern.compile("[a-z0-9_.*-]+");

  private RobotsTag() {}

  /** Whether one of the headers keeps us out. */
  static boolean keepsOut(List<String> headers) {
    return headers.stream().anyMatch(RobotsTag::keepsOut);
  }

  private static boolean keepsOut(String header) {
    boolean ours = true;
    for (String part : header.toLowerCase(Locale.ROOT).split(",")) {
      String directive = part.trim();
      int colon = directive.indexOf(':');
      String name = colon < 0 ? "" : directive.substring(0, colon).trim();
      if (NAME.matcher(name).matches() && !WITH_VALUE.contains(name)) {
        ours = name.equals("*") || name.equals(UserAgent.TOKEN);
        directive = directive.substring(colon + 1).trim();
      }
      if (ours && KEEPING_OUT.contains(directive)) {
        return true;
      }
    }
    return false;
  }
}
