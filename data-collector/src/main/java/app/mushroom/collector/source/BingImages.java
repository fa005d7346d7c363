package app.mushroom.collector.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.mushroom.collector.fetch.FetchException;
import app.mushroom.collector.fetch.Web;
import app.mushroom.collector.fetch.WebAnswer;
import app.mushroom.collector.fetch.WebRequest;
import java.net.URI;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Image search at Bing, read off its result pages. <b>For those who ask for it by name only</b>: a
 * search engine knows neither what a photo shows nor who may use it, so the licence of every photo
 * is {@code unknown} and no allow-list but one with {@code unknown} lets it in; and its pages may
 * only be read where its robots.txt lets them.
 *
 * <p>A cursor is the number of a page and a checksum of what the page before had: Bing repeats its
 * last page for ever, so a page that has the same again ends the list, as an empty one does, and as
 * page {@value #MAX_PAGES} does.
 */
public final class BingImages implements Source {
  /** Its name. */
  public static final String NAME = "bing";

  static final int MAX_PAGES = 30;

  private static final URI SITE = URI.create("https://www.bing.com");
  private static final int PER_PAGE = 35;
  private static final Pattern CURSOR = Pattern.compile("([1-9][0-9]?) ([0-9a-f]{1,8})");

  /** Photographs, of licences that are said to allow use for money and change. A hint only. */
  private static final String FILTERS = " filterui:photo-photo filterui:license-L2_L3_L4";

  private final Web web;
  private final URI site;

  public BingImages(Web web) {
    this(web, SITE);
  }

  BingImages(Web web, URI site) {
    this.web = web;
    this.site = site;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public PhotoPage photos(AcceptedTaxon taxon, @Nullable String cursor)
      throws FetchException, SourceException, InterruptedException {
    int number = 1;
    String before = "";
    if (cursor != null) {
      Matcher place = CURSOR.matcher(cursor);
      if (!place.matches()) {
        throw Cursors.foreign(NAME, cursor, "the number of a page and a checksum");
      }
      number = Integer.parseInt(place.group(1));
      before = place.group(2);
    }
    WebAnswer answer = web.get(WebRequest.page(address(taxon, number)));
    Document document = Html.parse(answer, "a page of search results");
    Elements entries = document.select("a.iusc[m]");
    if (entries.isEmpty() && !document.select("form[action*=captcha], [id*=captcha]").isEmpty()) {
      throw new SourceException(
          "Expected a page of search results from %s, found a captcha. Leave it alone for a day."
              .formatted(answer.address().getHost()));
    }
    PageDraft page = new PageDraft();
    int position = (number - 1) * PER_PAGE;
    for (Element entry : entries) {
      read(entry.attr("m"), "result " + ++position, taxon, page);
    }
    String checksum = checksum(page);
    if (!entries.isEmpty() && checksum.equals(before)) {
      return new PageDraft().page(null);
    }
    boolean more = !entries.isEmpty() && number < MAX_PAGES;
    return page.page(more ? (number + 1) + " " + checksum : null);
  }

  private URI address(AcceptedTaxon taxon, int number) {
    return new Query(site, "/images/async")
        .with("q", '"' + taxon.name() + '"')
        .with("first", (number - 1) * PER_PAGE + 1)
        .with("count", PER_PAGE)
        .with("mmasync", 1)
        .with("adlt", "strict")
        .with("qft", FILTERS)
        .uri();
  }

  private static void read(String text, String where, AcceptedTaxon taxon, PageDraft page) {
    JsonNode entry = JsonAnswer.objectOrNull(text);
    if (entry == null) {
      page.skip(where, text.isBlank() ? "no_details" : "bad_details");
      return;
    }
    String stated = JsonAnswer.text(entry.path("murl"));
    URI address = HttpAddress.read(stated);
    if (address == null) {
      page.skip(where, stated == null ? "no_address" : "bad_address");
      return;
    }
    page.add(
        new OfferedPhoto(
            NAME,
            address.toString(),
            address,
            HttpAddress.read(JsonAnswer.text(entry.path("purl"))),
            null,
            null,
            new Licence(Licences.UNKNOWN, ""),
            null,
            taxon.name()));
  }

  private static String checksum(PageDraft page) {
    CRC32 checksum = new CRC32();
    new TreeSet<>(page.ids()).forEach(id -> checksum.update(id.getBytes(UTF_8)));
    return Long.toHexString(checksum.getValue());
  }
}
