package app.mushroom.collector.source;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** An address that ends in a query; names may repeat. */
final class Query {
  private final StringBuilder address;
  private char separator = '?';

  /**
   * @param path begins with a slash
   */
  Query(URI base, String path) {
    String start = base.toString();
    this.address = new StringBuilder(start.replaceFirst("/+$", "")).append(path);
  }

  Query with(String name, String value) {
    address.append(separator).append(encoded(name)).append('=').append(encoded(value));
    separator = '&';
    return this;
  }

  Query with(String name, long value) {
    return with(name, Long.toString(value));
  }

  URI uri() {
    return URI.create(address.toString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
