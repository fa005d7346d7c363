package app.mushroom.api.access;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/** Tells addresses apart as far as they belong to different people. */
final class Addresses {
  private static final int NETWORK_BYTES = 8;
  private static final int LONGEST = 45;

  private Addresses() {}

  /**
   * The address itself, or of IPv6 the /64 that a provider gives to one customer (RFC 6177).
   *
   * @param address as the container tells it; never looked up
   */
  static String network(String address) {
    // A colon keeps it from ever being taken for a host name.
    if (address.indexOf(':') < 0 || address.length() > LONGEST) {
      return address.substring(0, Math.min(address.length(), LONGEST));
    }
    try {
      InetAddress parsed = InetAddress.getByName(address);
      return parsed instanceof Inet6Address
          ? HexFormat.ofDelimiter(":").formatHex(Arrays.copyOf(parsed.getAddress(), NETWORK_BYTES))
              + "::/64"
          : parsed.getHostAddress();
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
