package app.mushroom.collector.source;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A photograph that a source offers.
 *
 * @param source its {@linkplain Source#name name}
 * @param id of the photo there, the same whenever it is listed
 * @param address of the image, in the size that is wanted
 * @param page that shows it to people
 * @param observation id of the find that it shows, with which it shares a split
 * @param observer who made it, as the source names them
 * @param licence of this very photo
 * @param attribution as the source states it, without markup
 * @param taxonName name under which the source lists it
 * @param sighting when and roughly where, as far as the source may be used for that
 */
public record OfferedPhoto(
    String source,
    String id,
    URI address,
    @Nullable URI page,
    @Nullable String observation,
    @Nullable String observer,
    Licence licence,
    @Nullable String attribution,
    String taxonName,
    @Nullable Sighting sighting) {

  /** A photo whose find is not described. */
  public OfferedPhoto(
      String source,
      String id,
      URI address,
      @Nullable URI page,
      @Nullable String observation,
      @Nullable String observer,
      Licence licence,
      @Nullable String attribution,
      String taxonName) {
    this(source, id, address, page, observation, observer, licence, attribution, taxonName, null);
  }
}
