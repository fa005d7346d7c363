package app.mushroom.collector.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {
  private final AddressGuard guard = AddressGuard.publicOnly();

  /** First and last of every block. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.255.255.255",
        "10.0.0.0",
        "10.255.255.255",
        "100.64.0.0",
        "100.127.255.255",
        "127.0.0.0",
        "127.255.255.255",
        "169.254.0.0",
        "169.254.255.255",
        "172.16.0.0",
        "172.31.255.255",
        "192.0.0.0",
        "192.0.0.255",
        "192.0.2.0",
        "192.0.2.255",
        "192.31.196.1",
        "192.52.193.1",
        "192.88.99.0",
        "192.88.99.255",
        "192.168.0.0",
        "192.168.255.255",
        "192.175.48.1",
        "198.18.0.0",
        "198.19.255.255",
        "198.51.100.0",
        "198.51.100.255",
        "203.0.113.0",
        "203.0.113.255",
        "224.0.0.0",
        "239.255.255.255",
        "240.0.0.0",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "64:ff9b::",
        "64:ff9b::ffff:ffff",
        "64:ff9b:1::",
        "64:ff9b:1:ffff:ffff:ffff:ffff:ffff",
        "100::",
        "100:0:0:1::",
        "1fff:ffff::",
        "2001::",
        "2001:0:ffff::",
        "2001:1::1",
        "2001:2::",
        "2001:3::",
        "2001:10::",
        "2001:20::",
        "2001:1ff:ffff::",
        "2001:db8::",
        "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
        "2002::",
        "2002:ffff::",
        "2620:4f:8000::",
        "3fff::",
        "3fff:fff:ffff::",
        "4000::",
        "5f00::",
        "fc00::",
        "fdff:ffff::",
        "fe80::",
        "febf:ffff::",
        "fec0::",
        "feff:ffff::",
        "ff00::",
        "ff02::1",
        "ffff::"
      })
  void refusesWhatNoPublicHostHas(String address) {
    assertThatThrownBy(() -> guard.check(socket(address)))
        .isInstanceOf(ForbiddenAddressException.class)
        .hasMessageContaining("is no address of a public host");
  }

  /** Neighbours of the blocks, and hosts that there are. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.0.0.0",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.0",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.0.3.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "203.0.112.255",
        "203.0.114.0",
        "223.255.255.255",
        "2001:200::",
        "2001:db7:ffff::",
        "2001:db9::",
        "2003::",
        "2606:4700::1111",
        "2a00:1450:4001::1",
        "3ffe:ffff::"
      })
  void letsPublicHostsThrough(String address) {
    assertThatCode(() -> guard.check(socket(address))).doesNotThrowAnyException();
  }

  @Test
  void refusesIpv4WrittenAsIpv6EvenWhereJavaKeepsItSo() throws UnknownHostException {
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    mapped[12] = 8;
    mapped[15] = 8;
    InetAddress address = Inet6Address.getByAddress("x", mapped, 0);

    assertThat(address).isInstanceOf(Inet6Address.class);
    assertThatThrownBy(() -> guard.check(new InetSocketAddress(address, 80)))
        .isInstanceOf(ForbiddenAddressException.class);
  }

  @Test
  void refusesNames() {
    assertThatThrownBy(() -> guard.check(InetSocketAddress.createUnresolved("example.org", 80)))
        .isInstanceOf(ForbiddenAddressException.class);
  }

  @Test
  void permitsATestsServerAndNoOtherPortOfIt() throws Exception {
    AddressGuard lenient = AddressGuard.permitting(Webs.loopback(8000));

    lenient.check(Webs.loopback(8000));
    assertThatThrownBy(() -> lenient.check(Webs.loopback(8001)))
        .isInstanceOf(ForbiddenAddressException.class);
    assertThatThrownBy(() -> lenient.check(socket("127.0.0.2")))
        .isInstanceOf(ForbiddenAddressException.class);
  }

  @Test
  void permitsNothingButLoopback() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AddressGuard.permitting(socket("10.0.0.1")));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> AddressGuard.permitting(InetSocketAddress.createUnresolved("localhost", 80)));
  }

  private static InetSocketAddress socket(String address) throws UnknownHostException {
    return new InetSocketAddress(InetAddress.getByName(address), 80);
  }
}
