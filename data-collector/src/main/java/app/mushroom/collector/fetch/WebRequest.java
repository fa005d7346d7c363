package app.mushroom.collector.fetch;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted.
 *
 * @param address http or https
 * @param use what for, which decides what rules of the host apply
 * @param referrer page that shows the picture, where a host wants to know
 */
public record WebRequest(URI address, Use use, @Nullable URI referrer) {

  /** What an answer is for. */
  public enum Use {
    /** An answer of a programming interface that is offered for such use. */
    API,
    /** A page, which robots.txt is asked about. */
    PAGE,
    /** A photograph for training, which robots.txt and X-Robots-Tag are asked about. */
    PHOTO
  }

  public static WebRequest api(URI address) {
    return new WebRequest(address, Use.API, null);
  }

  public static WebRequest page(URI address) {
    return new WebRequest(address, Use.PAGE, null);
  }

  public static WebRequest photo(URI address, @Nullable URI referrer) {
    return new WebRequest(address, Use.PHOTO, referrer);
  }
}
