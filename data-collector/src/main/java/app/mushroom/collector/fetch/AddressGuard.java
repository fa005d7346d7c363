package app.mushroom.collector.fetch;

import java.net.InetSocketAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Says which addresses may be dialled: those of public hosts, so that no address on the web can
 * make the collector ask its own machine, network or cloud (server-side request forgery). It is
 * asked about what a name stands for, and once more about the very address that a socket connects
 * to.
 */
public final class AddressGuard {
  private final Set<InetSocketAddress> permitted;

  private AddressGuard(Set<InetSocketAddress> permitted) {
    this.permitted = permitted;
  }

  /** Public hosts and nothing else. */
  public static AddressGuard publicOnly() {
    return new AddressGuard(Set.of());
  }

  /**
   * Public hosts and a test's own servers.
   *
   * @param servers loopback addresses, each with its port
   * @throws IllegalArgumentException if one is no loopback address
   */
  public static AddressGuard permitting(InetSocketAddress... servers) {
    for (InetSocketAddress server : servers) {
      if (server.isUnresolved() || !server.getAddress().isLoopbackAddress()) {
        throw new IllegalArgumentException(
            "Expected a loopback address, found " + server + ": no other can be permitted.");
      }
    }
    return new AddressGuard(Set.of(servers));
  }

  /**
   * @throws ForbiddenAddressException if that may not be dialled
   */
  void check(InetSocketAddress address) throws ForbiddenAddressException {
    if (address.isUnresolved()) {
      throw new ForbiddenAddressException(address + " is a name, not an address.");
    }
    @Nullable String purpose = SpecialAddresses.purpose(address.getAddress());
    if (purpose != null && !permitted.contains(address)) {
      throw new ForbiddenAddressException(
          address + " is no address of a public host (" + purpose + ").");
    }
  }
}
