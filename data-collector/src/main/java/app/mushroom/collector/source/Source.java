package app.mushroom.collector.source;

import app.mushroom.collector.fetch.FetchException;
import org.jspecify.annotations.Nullable;

/** A place where photographs of a taxon are found. Fetches only lists, never the photographs. */
public interface Source {

  /** As it is chosen and recorded: {@code inaturalist}. */
  String name();

  /**
   * One page of what the source has of a taxon.
   *
   * @param cursor what the page before said comes {@linkplain PhotoPage#next next}; null for the
   *     first. The same cursor gives the same place in the list, also in another process
   * @throws FetchException if the page cannot be had
   * @throws SourceException if it came and is not what the source is known to answer
   */
  PhotoPage photos(AcceptedTaxon taxon, @Nullable String cursor)
      throws FetchException, SourceException, InterruptedException;
}
