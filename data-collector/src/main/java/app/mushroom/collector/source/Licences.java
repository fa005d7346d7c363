package app.mushroom.collector.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads licences as sources state them: codes, names, addresses. */
public final class Licences {
  static final String UNKNOWN = "unknown";
  static final String ALL_RIGHTS_RESERVED = "all-rights-reserved";
  static final String PUBLIC_DOMAIN = "public-domain";
  static final String CC0 = "CC0-1.0";

  private static final Pattern ADDRESS =
      Pattern.compile(
          "creativecommons\\.org/(licenses|publicdomain)/([a-z+-]+)(?:/([0-9]\\.[0-9]))?(?![0-9])");
  private static final Set<String> CONDITIONS = Set.of("nc", "sa", "nd");
  private static final Pattern VERSION = Pattern.compile("1\\.0|2\\.[015]|3\\.0|4\\.0");

  private Licences() {}

  /**
   * The licence that a text states. One that states several different ones, or none that is known,
   * is {@code unknown}: what nobody understands nobody may use.
   */
  public static Licence read(@Nullable String stated) {
    String text = stated == null ? "" : stated.strip();
    return new Licence(id(text.toLowerCase(Locale.ROOT)), text);
  }

  private static String id(String text) {
    Set<String> found = new TreeSet<>();
    Matcher address = ADDRESS.matcher(text);
    while (address.find()) {
      found.add(
          address.group(1).equals("publicdomain")
              ? dedication(address.group(2))
              : conditions(List.of(address.group(2).split("-")), address.group(3)));
    }
    List<String> words = words(text);
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).equals("cc0")) {
        found.add(CC0);
      } else if (words.get(i).equals("cc") && i + 1 < words.size()) {
        found.add(named(words.subList(i + 1, words.size())));
      }
    }
    if (text.contains("all rights reserved") || text.contains("all-rights-reserved")) {
      found.add(ALL_RIGHTS_RESERVED);
    }
    // "CC BY 4.0" and "CC BY" in one text are one licence, told twice.
    List<String> versioned = found.stream().filter(id -> id.matches(".*-[0-9]\\.[0-9]")).toList();
    versioned.forEach(id -> found.remove(id.substring(0, id.length() - 4)));
    if (found.isEmpty()) {
      boolean free = text.startsWith("public domain") || text.startsWith("public-domain");
      return free || words.indexOf("pd") == 0 ? PUBLIC_DOMAIN : UNKNOWN;
    }
    return found.size() == 1 ? found.iterator().next() : UNKNOWN;
  }

  private static String dedication(String kind) {
    return switch (kind) {
      case "zero" -> CC0;
      case "mark" -> PUBLIC_DOMAIN;
      default -> UNKNOWN;
    };
  }

  /**
   * What stands after "CC": {@code by nc 4.0}, {@code by nc 4 0}, {@code zero}, {@code pd mark}.
   */
  private static String named(List<String> words) {
    String first = words.get(0);
    if (first.equals("zero") || first.equals("0")) {
      return CC0;
    }
    if (first.equals("pd")) {
      return PUBLIC_DOMAIN;
    }
    List<String> parts = new ArrayList<>(List.of(first));
    int i = 1;
    while (i < words.size() && CONDITIONS.contains(words.get(i))) {
      parts.add(words.get(i++));
    }
    String version = null;
    if (i < words.size() && VERSION.matcher(words.get(i)).matches()) {
      version = words.get(i);
    } else if (i + 1 < words.size()) {
      String joined = words.get(i) + "." + words.get(i + 1);
      version = VERSION.matcher(joined).matches() ? joined : null;
    }
    return conditions(parts, version);
  }

  private static String conditions(List<String> parts, @Nullable String version) {
    if (parts.equals(List.of("publicdomain"))) {
      return PUBLIC_DOMAIN;
    }
    boolean known = parts.get(0).equals("by");
    for (String part : parts.subList(1, parts.size())) {
      known &= CONDITIONS.contains(part);
    }
    if (!known) {
      return UNKNOWN;
    }
    StringBuilder id = new StringBuilder("CC-BY");
    for (String condition : List.of("nc", "nd", "sa")) {
      if (parts.contains(condition)) {
        id.append('-').append(condition.toUpperCase(Locale.ROOT));
      }
    }
    return version == null ? id.toString() : id.append('-').append(version).toString();
  }

  /** Long names become the short ones, everything but letters, digits and dots a gap. */
  private static List<String> words(String text) {
    String shortened =
        text.replaceAll("creative[\\s_-]*commons(?!\\.)", " cc ")
            .replaceAll("attribution", " by ")
            .replaceAll("non[\\s_-]*commercial", " nc ")
            .replaceAll("share[\\s_-]*alike", " sa ")
            .replaceAll("no[\\s_-]*deriv(ative)?s?(\\s+works)?", " nd ");
    List<String> words = new ArrayList<>();
    for (String word : shortened.split("[^a-z0-9.]+")) {
      String bare = word.replaceAll("^\\.+|\\.+$", "");
      if (!bare.isEmpty()) {
        words.add(bare);
      }
    }
    return words;
  }
}
