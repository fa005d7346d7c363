package app.mushroom.collector.fetch;

import java.net.URI;
import java.util.Map;

/**
 * Asks servers of one's own in place of hosts: a mirror, or a stand-in for tests and benchmarks.
 * What is not mirrored is asked as ever.
 */
public final class MirroredWeb implements Web {
  private final Web web;
  private final Map<String, URI> mirrors;

  /**
   * @param mirrors host in lower case → scheme, host and port of its mirror
   */
  public MirroredWeb(Web web, Map<String, URI> mirrors) {
    this.web = web;
    this.mirrors = Map.copyOf(mirrors);
  }

  @Override
  public WebAnswer get(WebRequest request) throws FetchException, InterruptedException {
    String host = request.address().getHost();
    URI mirror = host == null ? null : mirrors.get(host.toLowerCase(java.util.Locale.ROOT));
    if (mirror == null) {
      return web.get(request);
    }
    String path = request.address().getRawPath();
    String query = request.address().getRawQuery();
    URI there =
        URI.create(
            mirror.getScheme()
                + "://"
                + mirror.getRawAuthority()
                + (path == null ? "" : path)
                + (query == null ? "" : "?" + query));
    return web.get(new WebRequest(there, request.use(), request.referrer()));
  }
}
