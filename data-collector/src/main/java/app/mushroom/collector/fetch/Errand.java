package app.mushroom.collector.fetch;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing to be fetched, and how.
 *
 * @param asksRobots whether robots.txt and X-Robots-Tag are asked
 * @param cut whether the first bytes will do where there are more
 */
record Errand(
    URI address,
    String accept,
    @Nullable URI referrer,
    boolean asksRobots,
    int maxBytes,
    boolean cut) {

  static Errand of(WebRequest request, int maxBytes) {
    String accept =
        switch (request.use()) {
          case API -> "application/json, */*;q=0.5";
          case PAGE -> "text/html, application/xhtml+xml, */*;q=0.5";
          case PHOTO -> "image/jpeg, image/png, image/*;q=0.5";
        };
    boolean asksRobots = request.use() != WebRequest.Use.API;
    return new Errand(request.address(), accept, request.referrer(), asksRobots, maxBytes, false);
  }

  static Errand robotsTxt(URI address) {
    return new Errand(address, "text/plain, */*;q=0.5", null, false, Robots.MAX_BYTES, true);
  }

  /** Headers for one of the addresses that it leads to. */
  Map<String, String> headers(URI hop) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Accept", accept);
    headers.put("Accept-Encoding", "gzip");
    // A page that came encrypted is not told to whoever listens to an answer that does not.
    if (referrer != null && (WebAddress.isHttps(hop) || !WebAddress.isHttps(referrer))) {
      headers.put("Referer", withoutSecrets(referrer));
    }
    return headers;
  }

  /** RFC 9110 section 10.1.3: neither a fragment nor a user name. */
  private static String withoutSecrets(URI referrer) {
    String text = referrer.toASCIIString();
    int fragment = text.indexOf('#');
    String bare = fragment < 0 ? text : text.substring(0, fragment);
    return bare.replaceFirst("^([a-z]+://)[^/?#]*@", "$1");
  }
}
