package app.mushroom.collector.search;

import app.mushroom.collector.fetch.FetchException;
import app.mushroom.collector.source.AcceptedTaxon;
import app.mushroom.collector.source.Licence;
import app.mushroom.collector.source.OfferedPhoto;
import app.mushroom.collector.source.PhotoPage;
import app.mushroom.collector.source.Source;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A source of photos that a test lists; of each label those whose taxon name is its. */
final class ListedSource implements Source {
  static final Licence FREE = new Licence("CC0-1.0", "cc0");
  static final Licence CLOSED = new Licence("all-rights-reserved", "");

  static final Instant LATER = Instant.parse("2026-05-01T20:00:00Z");

  private final String name;
  private final int perPage;
  private final List<OfferedPhoto> photos = new ArrayList<>();
  private int failsAt = Integer.MAX_VALUE;
  private int leftAloneAt = Integer.MAX_VALUE;
  int pagesAsked;

  ListedSource(String name, int perPage) {
    this.name = name;
    this.perPage = perPage;
  }

  /** Adds a photo; the address names the source and the id. */
  ListedSource add(
      String taxon, String id, @Nullable String observation, @Nullable String observer) {
    return add(taxon, id, observation, observer, FREE);
  }

  ListedSource add(
      String taxon,
      String id,
      @Nullable String observation,
      @Nullable String observer,
      Licence licence) {
    photos.add(
        new OfferedPhoto(
            name,
            id,
            URI.create("http://" + name + ".example/" + id + ".jpg"),
            URI.create("http://" + name + ".example/" + id),
            observation,
            observer,
            licence,
            observer == null ? null : "(c) " + observer,
            taxon));
    return this;
  }

  /** Fails instead of giving this page, counted from 0. */
  ListedSource failAt(int page) {
    failsAt = page;
    return this;
  }

  /** Asks to be left alone instead of giving this page, counted from 0. */
  ListedSource leaveAloneAt(int page) {
    leftAloneAt = page;
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public PhotoPage photos(AcceptedTaxon taxon, @Nullable String cursor) throws FetchException {
    pagesAsked++;
    int page = cursor == null ? 0 : Integer.parseInt(cursor);
    if (page == leftAloneAt) {
      throw FetchException.leftAlone(
          FetchException.Reason.TOO_MANY_REQUESTS, name + " answers with 429", LATER);
    }
    if (page == failsAt) {
      throw new FetchException(FetchException.Reason.HOST_FAILED, name + " answers with 503");
    }
    List<OfferedPhoto> mine =
        photos.stream().filter(photo -> photo.taxonName().equals(taxon.name())).toList();
    int from = Math.min(mine.size(), page * perPage);
    int to = Math.min(mine.size(), from + perPage);
    return new PhotoPage(
        mine.subList(from, to), List.of(), to < mine.size() ? Integer.toString(page + 1) : null);
  }
}
