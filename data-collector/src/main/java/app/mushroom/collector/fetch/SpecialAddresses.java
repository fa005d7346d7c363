package app.mushroom.collector.fetch;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that no public host has: every block of the IANA IPv4 and IPv6 Special-Purpose Address
 * Registries (RFC 6890, as updated by RFC 8190), also those few of them that are reachable, as they
 * serve routing and not pages; multicast (RFC 5771); and all of IPv6 outside 2000::/3, the only
 * space that is given out to hosts (IANA IPv6 Address Space; RFC 4291 section 2.4), hence also
 * mapped, compatible, NAT64, unique local, link-local and site-local addresses.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IPv4 registry</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IPv6 registry</a>
 */
final class SpecialAddresses {
  private static final Block GIVEN_OUT_IPV6 = block("2000::/3", "global unicast");

  private static final List<Block> BLOCKS =
      List.of(
          block("0.0.0.0/8", "this network"),
          block("10.0.0.0/8", "private"),
          block("100.64.0.0/10", "shared by a provider's customers"),
          block("127.0.0.0/8", "loopback"),
          block("169.254.0.0/16", "link-local"),
          block("172.16.0.0/12", "private"),
          block("192.0.0.0/24", "protocol assignments"),
          block("192.0.2.0/24", "documentation"),
          block("192.31.196.0/24", "AS112"),
          block("192.52.193.0/24", "AMT"),
          block("192.88.99.0/24", "6to4 relay"),
          block("192.168.0.0/16", "private"),
          block("192.175.48.0/24", "AS112"),
          block("198.18.0.0/15", "benchmarking"),
          block("198.51.100.0/24", "documentation"),
          block("203.0.113.0/24", "documentation"),
          block("224.0.0.0/4", "multicast"),
          block("240.0.0.0/4", "reserved"),
          block("2001::/23", "protocol assignments, Teredo, benchmarking, ORCHID"),
          block("2001:db8::/32", "documentation"),
          block("2002::/16", "6to4"),
          block("2620:4f:8000::/48", "AS112"),
          block("3fff::/20", "documentation"));

  private SpecialAddresses() {}

  /** What an address is set aside for; null if hosts on the public internet have such ones. */
  static @Nullable String purpose(InetAddress address) {
    byte[] bytes = address.getAddress();
    for (Block block : BLOCKS) {
      if (block.holds(bytes)) {
        return block.purpose;
      }
    }
    if (address instanceof Inet6Address && !GIVEN_OUT_IPV6.holds(bytes)) {
      return "not given out to public hosts";
    }
    return null;
  }

  private static Block block(String notation, String purpose) {
    int slash = notation.indexOf('/');
    try {
      byte[] start = InetAddress.getByName(notation.substring(0, slash)).getAddress();
      return new Block(start, Integer.parseInt(notation.substring(slash + 1)), purpose);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(notation + " is no block of addresses", e);
    }
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Block(byte[] start, int bits, String purpose) {

    boolean holds(byte[] address) {
      if (address.length != start.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit += 8) {
        int mask = bits - bit >= 8 ? 0xff : 0xff << (8 - (bits - bit));
        if (((address[bit / 8] ^ start[bit / 8]) & mask & 0xff) != 0) {
          return false;
        }
      }
      return true;
    }
  }
}
