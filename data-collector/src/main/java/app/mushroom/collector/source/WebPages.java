package app.mushroom.collector.source;

import app.mushroom.collector.fetch.FetchException;
import app.mushroom.collector.fetch.Web;
import app.mushroom.collector.fetch.WebAnswer;
import app.mushroom.collector.fetch.WebRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.jspecify.annotations.Nullable;

/**
 * Photographs on the pages of a web site, found by the selectors of a {@linkplain PageSettingsFile
 * settings file}. Pages are read as they come: without scripts.
 *
 * <p>A cursor is the number of a page and its address. Pages of other hosts are not turned to.
 */
public final class WebPages implements Source {
  private static final Pattern CURSOR = Pattern.compile("([1-9][0-9]{0,5}) (\\S+)");

  private final Web web;
  private final PageSettings settings;

  public WebPages(Web web, PageSettings settings) {
    this.web = web;
    this.settings = settings;
  }

  /** A settings file with every key, explained. */
  public static String exampleSettings() {
    try (InputStream example = WebPages.class.getResourceAsStream("web-pages.yaml")) {
      if (example == null) {
        throw new IllegalStateException("web-pages.yaml is not in the jar. Build it anew.");
      }
      return new String(example.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String name() {
    return settings.name();
  }

  @Override
  public PhotoPage photos(AcceptedTaxon taxon, @Nullable String cursor)
      throws FetchException, SourceException, InterruptedException {
    int number = 1;
    URI address = settings.startOf(taxon);
    if (cursor != null) {
      Matcher place = CURSOR.matcher(cursor);
      if (!place.matches()) {
        throw Cursors.foreign(name(), cursor, "the number of a page and its address");
      }
      number = Integer.parseInt(place.group(1));
      address = HttpAddress.read(place.group(2));
    }
    PageDraft page = new PageDraft();
    if (address == null) {
      page.skip(taxon.label(), "no_start_address");
      return page.page(null);
    }
    WebAnswer answer = web.get(WebRequest.page(address));
    Document document = Html.parse(answer, "a page with photographs");
    Elements photos = document.select(settings.photo());
    if (photos.isEmpty()) {
      page.skip(answer.address().toString(), "nothing_selected");
    }
    Set<Element> all = new HashSet<>(photos);
    Shared shared =
        new Shared(
            shared(settings.licence(), document, all), shared(settings.author(), document, all));
    for (int i = 0; i < photos.size(); i++) {
      read(photos.get(i), shared, answer.address(), i + 1, taxon, page);
    }
    return page.page(next(document, answer.address(), address, number));
  }

  private void read(
      Element photo, Shared shared, URI shown, int position, AcceptedTaxon taxon, PageDraft page) {
    String where = shown + ", photo " + position;
    Element image = settings.image() == null ? photo : photo.selectFirst(settings.image());
    if (image == null || !image.hasAttr(settings.attribute())) {
      page.skip(where, "no_address");
      return;
    }
    URI address = HttpAddress.read(image.absUrl(settings.attribute()));
    if (address == null) {
      page.skip(where, "bad_address");
      return;
    }
    Element author = within(photo, settings.author(), shared.author());
    String authorName = author == null || author.text().isBlank() ? null : author.text();
    page.add(
        new OfferedPhoto(
            name(),
            address.toString(),
            address,
            shown,
            null,
            authorName,
            licence(photo, shared),
            authorName,
            taxon.name()));
  }

  private Licence licence(Element photo, Shared shared) {
    if (settings.fixedLicence() != null) {
      return Licences.read(settings.fixedLicence());
    }
    Element stated = within(photo, settings.licence(), shared.licence());
    if (stated == null) {
      return Licences.read(null);
    }
    Licence byAddress = Licences.read(stated.absUrl("href"));
    return byAddress.id().equals(Licences.UNKNOWN) ? Licences.read(stated.text()) : byAddress;
  }

  /** What stands on the page for all of its photos. */
  private record Shared(@Nullable Element licence, @Nullable Element author) {}

  /**
   * What a selector finds outside of every photo; null where that says several things, or nothing.
   */
  private static @Nullable Element shared(
      @Nullable String selector, Document document, Set<Element> photos) {
    if (selector == null) {
      return null;
    }
    Element first = null;
    for (Element element : document.select(selector)) {
      if (photos.contains(element) || element.parents().stream().anyMatch(photos::contains)) {
        continue;
      }
      if (first != null && !said(element).equals(said(first))) {
        return null;
      }
      first = element;
    }
    return first;
  }

  private static String said(Element element) {
    return element.absUrl("href") + ' ' + element.text();
  }

  private static @Nullable Element within(
      Element photo, @Nullable String selector, @Nullable Element otherwise) {
    Element own = selector == null ? null : photo.selectFirst(selector);
    return own == null ? otherwise : own;
  }

  /** Ends at the cap of pages, so that pages that link in a circle end too. */
  private @Nullable String next(Document document, URI shown, URI asked, int number) {
    Element link = settings.next() == null ? null : document.selectFirst(settings.next());
    URI next = link == null ? null : HttpAddress.read(link.absUrl("href"));
    boolean further =
        next != null
            && number < settings.maxPages()
            && !next.equals(shown)
            && !next.equals(asked)
            && next.getAuthority().equalsIgnoreCase(shown.getAuthority());
    return further ? (number + 1) + " " + next : null;
  }
}
