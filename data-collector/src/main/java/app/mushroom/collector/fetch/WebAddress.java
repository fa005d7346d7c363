package app.mushroom.collector.fetch;

import app.mushroom.collector.fetch.FetchException.Reason;
import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The form that an address must have. What can be read in two ways is refused rather than
 * interpreted: a number that some read as IPv4 (decimal, octal, hexadecimal, short), a user name
 * before the host, a dot after it, a zone.
 */
final class WebAddress {
  private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("\\[[0-9A-Fa-f:.]{2,45}]");

  /** The last label begins with a letter and is no hexadecimal number (WHATWG URL 3.5). */
  private static final Pattern NAME =
      Pattern.compile(
          "(?=.{1,253}$)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\\.)*"
              + "[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?");

  private WebAddress() {}

  /**
   * @throws FetchException with {@link Reason#FORBIDDEN_ADDRESS} if it is none that may be fetched
   */
  static void require(URI address) throws FetchException {
    if (!isHttps(address) && !"http".equalsIgnoreCase(address.getScheme())) {
      throw forbidden(address, "Expected http or https");
    }
    String authority = address.getRawAuthority();
    if (authority == null || authority.indexOf('@') >= 0) {
      throw forbidden(address, "Expected a host without a user name before it");
    }
    String host = address.getHost();
    if (host == null || !isPlain(host)) {
      throw forbidden(
          address,
          "Expected the name of a host in ASCII, or an IP address in its usual form, after //");
    }
    if (address.getPort() == 0 || address.getPort() > 65_535) {
      throw forbidden(address, "Expected a port from 1 to 65535");
    }
  }

  static boolean isHttps(URI address) {
    return "https".equalsIgnoreCase(address.getScheme());
  }

  /** The host in lower case. */
  static String host(URI address) {
    return String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
  }

  /** The same without the brackets of an IPv6 address. */
  static String bareHost(URI address) {
    String host = host(address);
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  /** Whether a host is written as numbers, so that there is nothing to look up. */
  static boolean isLiteral(String host) {
    return IPV4.matcher(host).matches() || IPV6.matcher(host).matches();
  }

  /** Scheme, host and port: what a robots.txt is for. */
  static String origin(URI address) {
    String scheme = isHttps(address) ? "https" : "http";
    int port = address.getPort();
    boolean usual = port == -1 || port == (isHttps(address) ? 443 : 80);
    return scheme + "://" + host(address) + (usual ? "" : ":" + port);
  }

  /** For messages. */
  static String shown(URI address) {
    return shown(address.toASCIIString());
  }

  /** What a host says, for messages: no longer than a few lines, and nothing a terminal obeys. */
  static String shown(String text) {
    String visible = text.replaceAll("\\p{Cntrl}", "?");
    return visible.length() <= 300 ? visible : visible.substring(0, 300) + "…";
  }

  private static boolean isPlain(String host) {
    return NAME.matcher(host).matches() || isLiteral(host);
  }

  private static FetchException forbidden(URI address, String expected) {
    return new FetchException(
        Reason.FORBIDDEN_ADDRESS,
        expected + ", found " + shown(address) + "; nothing was dialled.");
  }
}
