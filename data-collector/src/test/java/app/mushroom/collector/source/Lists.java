package app.mushroom.collector.source;

import java.util.ArrayList;
import java.util.List;

/** Walks through the whole list of a source. */
final class Lists {
  static final AcceptedTaxon MUSCARIA =
      new AcceptedTaxon(
          "amanita_muscaria",
          "Amanita muscaria",
          "species",
          8168319L,
          List.of("Agaricus muscarius", "Venenarius muscarius"));

  static final AcceptedTaxon AMANITA =
      new AcceptedTaxon("amanita", "Amanita", "genus", 6005964L, List.of("Venenarius"));

  private static final int TOO_MANY_PAGES = 2000;

  private Lists() {}

  static List<PhotoPage> pages(Source source, AcceptedTaxon taxon) throws Exception {
    return pages(source, taxon, null);
  }

  static List<PhotoPage> pages(Source source, AcceptedTaxon taxon, String cursor) throws Exception {
    List<PhotoPage> pages = new ArrayList<>();
    String next = cursor;
    do {
      if (pages.size() == TOO_MANY_PAGES) {
        throw new AssertionError("The list does not end: " + next);
      }
      PhotoPage page = source.photos(taxon, next);
      pages.add(page);
      next = page.next();
    } while (next != null);
    return pages;
  }

  static List<String> ids(List<PhotoPage> pages) {
    return pages.stream().flatMap(page -> page.photos().stream()).map(OfferedPhoto::id).toList();
  }

  static List<OfferedPhoto> photos(PhotoPage page) {
    return page.photos();
  }

  static OfferedPhoto only(PhotoPage page) {
    if (page.photos().size() != 1) {
      throw new AssertionError("Expected one photo, found " + page);
    }
    return page.photos().get(0);
  }

  static List<String> reasons(PhotoPage page) {
    return page.skipped().stream().map(PhotoPage.Skipped::reason).toList();
  }
}
