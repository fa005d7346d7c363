package app.mushroom.collector.fetch;

import app.mushroom.collector.fetch.FetchException.Reason;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.hc.client5.http.utils.URIUtils;
import org.jspecify.annotations.Nullable;

/** Says where an answer points to instead. */
final class Redirect {
  private Redirect() {}

  static boolean is(int status) {
    return status >= 300 && status <= 399;
  }

  /**
   * @return the address as it is to be fetched next; whether it may be is asked elsewhere
   * @throws FetchException if the answer points nowhere, or from https to http
   */
  static URI target(URI from, int status, @Nullable String location) throws FetchException {
    boolean points = status <= 303 && status != 300 || status == 307 || status == 308;
    if (!points || location == null || location.isBlank()) {
      throw nowhere(from, status, location);
    }
    URI next;
    try {
      next = withoutFragment(URIUtils.resolve(from, new URI(escaped(location.trim()))));
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw nowhere(from, status, location);
    }
    if (WebAddress.isHttps(from) && "http".equalsIgnoreCase(next.getScheme())) {
      throw new FetchException(
          Reason.REDIRECTS,
          "%s leads from https to http, to %s; that is not followed."
              .formatted(WebAddress.shown(from), WebAddress.shown(next)));
    }
    return next;
  }

  /** Hosts send spaces and letters as they are, which an address cannot hold. A char is a byte. */
  private static String escaped(String location) {
    StringBuilder text = new StringBuilder();
    for (byte b : location.getBytes(StandardCharsets.ISO_8859_1)) {
      char c = (char) (b & 0xff);
      if (c <= ' ' || c >= 0x7f || "\"<>\\^`{|}".indexOf(c) >= 0) {
        text.append(String.format(Locale.ROOT, "%%%02X", (int) c));
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }

  private static URI withoutFragment(URI address) throws URISyntaxException {
    String text = address.toString();
    int fragment = text.indexOf('#');
    return fragment < 0 ? address : new URI(text.substring(0, fragment));
  }

  private static FetchException nowhere(URI from, int status, @Nullable String location) {
    return new FetchException(
        Reason.REDIRECTS,
        "%s answers %d and leads nowhere (\"%s\")."
            .formatted(
                WebAddress.shown(from),
                status,
                WebAddress.shown(location == null ? "" : location)));
  }
}
