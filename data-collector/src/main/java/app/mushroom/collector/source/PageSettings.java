package app.mushroom.collector.source;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where photographs stand on the pages of a web site. Selectors are CSS, as <a
 * href="https://jsoup.org/cookbook/extracting-data/selector-syntax">Jsoup</a> reads it.
 *
 * @param name of the source, as it is chosen and recorded
 * @param start address of the first page of any taxon, with {@code {name}} or {@code {label}} where
 *     its name or label goes; null where only {@code starts} has addresses
 * @param starts label → address of its first page
 * @param photo selects what stands for a photo: one match, one photo
 * @param image selects, within that, what holds the address; null for the match itself
 * @param attribute that holds the address
 * @param next selects the link to the next page; null where there is one page only
 * @param licence selects a text or a link that states the licence, within the photo or else on the
 *     page
 * @param author selects the author's name, within the photo or else on the page
 * @param fixedLicence of every photo, where the site states it once and for all
 * @param maxPages after which the list of a taxon ends, at least 1
 */
public record PageSettings(
    String name,
    @Nullable String start,
    Map<String, String> starts,
    String photo,
    @Nullable String image,
    String attribute,
    @Nullable String next,
    @Nullable String licence,
    @Nullable String author,
    @Nullable String fixedLicence,
    int maxPages) {

  public PageSettings {
    starts = Map.copyOf(starts);
  }

  /** The first page of a taxon; null where these settings have none, or one that is no address. */
  @Nullable URI startOf(AcceptedTaxon taxon) {
    String listed = starts.get(taxon.label());
    String address = listed == null ? start : listed;
    return address == null
        ? null
        : HttpAddress.read(
            address
                .replace("{name}", encoded(taxon.name()))
                .replace("{label}", encoded(taxon.label())));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
