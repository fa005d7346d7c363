package app.mushroom.collector.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads addresses as they stand in other people's answers. */
final class HttpAddress {
  private static final int MAX_CHARS = 4096;
  private static final String ALLOWED = "-._~:/?@!$&'()*+,;=";

  private HttpAddress() {}

  /**
   * The address without its fragment, with characters escaped that may not stand there.
   *
   * @return null for everything that does not name a host over http or https, or names a user too
   */
  static @Nullable URI read(@Nullable String text) {
    if (text == null || text.length() > MAX_CHARS) {
      return null;
    }
    String stated = text.strip();
    int fragment = stated.indexOf('#');
    if (fragment >= 0) {
      stated = stated.substring(0, fragment);
    }
    if (stated.startsWith("//")) {
      stated = "https:" + stated;
    }
    try {
      URI address = new URI(escaped(stated));
      boolean web =
          "http".equalsIgnoreCase(address.getScheme())
              || "https".equalsIgnoreCase(address.getScheme());
      return web && address.getHost() != null && address.getRawUserInfo() == null ? address : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static String escaped(String address) {
    int authority = address.indexOf("://");
    int start = authority < 0 ? 0 : authority + 3;
    while (start < address.length() && "/?".indexOf(address.charAt(start)) < 0) {
      start++;
    }
    StringBuilder escaped = new StringBuilder(address.substring(0, start));
    byte[] rest = address.substring(start).getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < rest.length; i++) {
      int c = rest[i] & 0xff;
      boolean escape = c == '%' && i + 2 < rest.length && isHex(rest[i + 1]) && isHex(rest[i + 2]);
      if (escape || isAlphanumeric(c) || ALLOWED.indexOf(c) >= 0) {
        escaped.append((char) c);
      } else {
        escaped.append("%%%02X".formatted(c));
      }
    }
    return escaped.toString();
  }

  private static boolean isAlphanumeric(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  private static boolean isHex(byte b) {
    return Character.digit(b, 16) >= 0;
  }
}
