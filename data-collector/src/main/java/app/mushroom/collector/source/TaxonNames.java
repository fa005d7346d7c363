package app.mushroom.collector.source;

import java.util.Locale;
import java.util.stream.Stream;

/** Says whether a name that a source states means a taxon. */
final class TaxonNames {
  private TaxonNames() {}

  /**
   * True for the accepted name, its synonyms, and names that begin with one of these: a variety is
   * of its species, a species of its genus. False for hybrids.
   */
  static boolean mean(AcceptedTaxon taxon, String stated) {
    String name = normal(stated);
    if (name.contains("×") || name.contains(" x ")) {
      return false;
    }
    return names(taxon).anyMatch(known -> name.equals(known) || name.startsWith(known + " "));
  }

  /** True where the text states the accepted name or a synonym. */
  static boolean standIn(String text, AcceptedTaxon taxon) {
    String words = " " + normal(text.replaceAll("[^\\p{L}-]+", " ")) + " ";
    return names(taxon).anyMatch(known -> words.contains(" " + known + " "));
  }

  /** Synonyms of a species that are one word would let in a whole genus. */
  private static Stream<String> names(AcceptedTaxon taxon) {
    boolean species = taxon.rank().equals("species");
    return Stream.concat(Stream.of(taxon.name()), taxon.synonyms().stream())
        .map(TaxonNames::normal)
        .filter(name -> !name.isEmpty() && (!species || name.indexOf(' ') > 0));
  }

  private static String normal(String name) {
    return name.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
  }
}
