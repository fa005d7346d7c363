package app.mushroom.collector.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The licences that photos may have. Everything else is refused.
 *
 * @param allowed families ({@code cc-by}, whatever its version) or single licences ({@code
 *     cc-by-4.0}), in lower case
 */
public record LicencePolicy(Set<String> allowed) {
  private static final Set<String> CREATIVE_COMMONS =
      Set.of("cc0", "cc-by", "cc-by-sa", "cc-by-nc", "cc-by-nc-sa", "cc-by-nd", "cc-by-nc-nd");
  private static final Set<String> OTHERS =
      Set.of(Licences.PUBLIC_DOMAIN, Licences.ALL_RIGHTS_RESERVED, Licences.UNKNOWN);
  private static final Pattern VERSION = Pattern.compile("-[0-9]\\.[0-9]$");

  /** GBIF's records have one of these three. */
  private static final Map<String, String> AT_GBIF =
      Map.of("cc0", "CC0_1_0", "cc-by", "CC_BY_4_0", "cc-by-nc", "CC_BY_NC_4_0");

  /** Free to use for research with attribution, and to change: {@code nd} forbids preparing it. */
  public static final LicencePolicy DEFAULT =
      of(List.of("cc0", "cc-by", "cc-by-sa", "cc-by-nc", "cc-by-nc-sa", Licences.PUBLIC_DOMAIN));

  public LicencePolicy {
    allowed = Set.copyOf(allowed);
  }

  /**
   * @throws IllegalArgumentException if one is no licence that is known; the message names those
   */
  public static LicencePolicy of(Collection<String> licences) {
    Set<String> allowed = new TreeSet<>();
    for (String licence : licences) {
      String entry = licence.strip().toLowerCase(Locale.ROOT);
      if (!CREATIVE_COMMONS.contains(family(entry)) && !OTHERS.contains(entry)) {
        Set<String> known = new TreeSet<>(CREATIVE_COMMONS);
        known.addAll(OTHERS);
        throw new IllegalArgumentException(
            "Expected a licence such as %s or cc-by-4.0, found \"%s\"."
                .formatted(String.join(", ", known), licence));
      }
      allowed.add(entry.startsWith("cc0") ? "cc0" : entry);
    }
    return new LicencePolicy(allowed);
  }

  /** Allows whatever there is, also without a licence. */
  public static LicencePolicy everything() {
    Set<String> all = new TreeSet<>(CREATIVE_COMMONS);
    all.addAll(OTHERS);
    return of(all);
  }

  public boolean allows(Licence licence) {
    String id = licence.id().toLowerCase(Locale.ROOT);
    return allowed.contains(id) || allowed.contains(family(id));
  }

  /**
   * Values of iNaturalist's {@code photo_license}, in order; none where the query cannot narrow the
   * list, since it has no word for photos without a licence.
   */
  public List<String> inaturalistValues() {
    if (allowed.contains(Licences.ALL_RIGHTS_RESERVED)) {
      return List.of();
    }
    return CREATIVE_COMMONS.stream().filter(allowed::contains).sorted().toList();
  }

  /**
   * Values of GBIF's {@code license}, in order; none where the query cannot narrow the list. They
   * are about records: what matters is the licence of each medium.
   */
  public List<String> gbifValues() {
    if (allowed.contains(Licences.ALL_RIGHTS_RESERVED) || allowed.contains(Licences.UNKNOWN)) {
      return List.of();
    }
    List<String> values = new ArrayList<>();
    AT_GBIF.forEach(
        (family, value) -> {
          String single = value.toLowerCase(Locale.ROOT).replaceAll("_([0-9])_([0-9])$", "-$1.$2");
          if (allowed.contains(family) || allowed.contains(single.replace('_', '-'))) {
            values.add(value);
          }
        });
    return values.stream().sorted().toList();
  }

  private static String family(String id) {
    return VERSION.matcher(id).replaceFirst("");
  }
}
