package app.mushroom.collector.fetch;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.collector.fetch.FetchException.Reason;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Every known way to make a program ask its own network, with canaries that listen at the port all
 * of them name: on every address of this machine, so that whatever is dialled here is heard.
 */
class ForbiddenAddressTest {
  private static final Map<String, List<String>> NAMES =
      Map.ofEntries(
          entry("localhost", List.of("127.0.0.1")),
          entry("app.localhost", List.of("127.0.0.1")),
          entry("loop.example.org", List.of("127.0.0.1")),
          entry("loop6.example.org", List.of("::1")),
          entry("any.example.org", List.of("0.0.0.0")),
          entry("127.0.0.1.nip.example", List.of("127.0.0.1")),
          entry("private.example.org", List.of("10.1.2.3")),
          entry("metadata.google.internal", List.of("169.254.169.254")),
          entry("mapped.example.org", List.of("::ffff:127.0.0.1")),
          entry("nat64.example.org", List.of("64:ff9b::7f00:1")),
          entry("first-public.example.org", List.of("93.184.215.14", "127.0.0.1")),
          entry("last-public.example.org", List.of("127.0.0.1", "93.184.215.14")),
          entry("public-and-ula.example.org", List.of("93.184.215.14", "fd00::1")),
          entry("public.example.org", List.of("93.184.215.14")));

  private final LocalHost canary = new LocalHost(null, new InetSocketAddress(0));
  private final LocalHost server = new LocalHost(null);
  private final AtomicInteger lookups = new AtomicInteger();
  private final HttpWeb web =
      new HttpWeb(
          Webs.AGENT,
          AddressGuard.permitting(server.address()),
          HostRules::unlimited,
          new Random(4),
          QuotaMemory.NONE,
          WebLimits.STANDARD,
          new VirtualTime(),
          this::lookUp);

  @AfterEach
  void close() throws IOException {
    web.close();
    server.close();
    canary.close();
  }

  /** PORT is where the canary listens. */
  static final List<String> ADDRESSES =
      List.of(
          // Loopback in every spelling.
          "http://127.0.0.1:PORT/",
          "https://127.0.0.1:PORT/",
          "HTTP://127.0.0.1:PORT/",
          "http://127.0.0.2:PORT/",
          "http://127.255.255.254:PORT/",
          "http://127.1:PORT/",
          "http://127.0.1:PORT/",
          "http://2130706433:PORT/",
          "http://0x7f000001:PORT/",
          "http://0x7f.0.0.1:PORT/",
          "http://0x7f.1:PORT/",
          "http://0177.0.0.1:PORT/",
          "http://00000177.0.0.1:PORT/",
          "http://0177.1:PORT/",
          "http://017700000001:PORT/",
          "http://0177.0x0.0.1:PORT/",
          "http://127.0.0.01:PORT/",
          "http://127.0.0.1.:PORT/",
          "http://127.000.000.001:PORT/",
          "http://383.0.0.1:PORT/",
          "http://localhost:PORT/",
          "http://LOCALHOST:PORT/",
          "http://localhost.:PORT/",
          "http://app.localhost:PORT/",
          "http://127.0.0.1.nip.example:PORT/",
          // Any-local.
          "http://0.0.0.0:PORT/",
          "http://0:PORT/",
          "http://0x0:PORT/",
          "http://0.0.0.1:PORT/",
          // Private, shared, link-local, metadata of clouds.
          "http://10.0.0.1:PORT/",
          "http://10.255.255.255:PORT/",
          "http://172.16.0.1:PORT/",
          "http://172.31.255.255:PORT/",
          "http://192.168.0.1:PORT/",
          "http://100.64.0.1:PORT/",
          "http://100.100.100.200:PORT/latest/meta-data/",
          "http://169.254.169.254:PORT/latest/meta-data/",
          "http://169.254.170.2:PORT/",
          "http://2852039166:PORT/",
          "http://0xa9fea9fe:PORT/",
          "http://0251.0376.0251.0376:PORT/",
          "http://192.0.0.192:PORT/",
          // Documentation, benchmarking, relays, multicast, reserved.
          "http://192.0.2.1:PORT/",
          "http://192.88.99.1:PORT/",
          "http://198.18.0.1:PORT/",
          "http://198.51.100.1:PORT/",
          "http://203.0.113.1:PORT/",
          "http://224.0.0.1:PORT/",
          "http://240.0.0.1:PORT/",
          "http://255.255.255.255:PORT/",
          // IPv6 of all kinds.
          "http://[::]:PORT/",
          "http://[::1]:PORT/",
          "https://[::1]:PORT/",
          "http://[0:0:0:0:0:0:0:1]:PORT/",
          "http://[0000:0000:0000:0000:0000:0000:0000:0001]:PORT/",
          "http://[::1%25lo]:PORT/",
          "http://[::ffff:127.0.0.1]:PORT/",
          "http://[::ffff:7f00:1]:PORT/",
          "http://[0:0:0:0:0:ffff:7f00:0001]:PORT/",
          "http://[::127.0.0.1]:PORT/",
          "http://[::ffff:169.254.169.254]:PORT/",
          "http://[::ffff:0:127.0.0.1]:PORT/",
          "http://[64:ff9b::127.0.0.1]:PORT/",
          "http://[64:ff9b::7f00:1]:PORT/",
          "http://[64:ff9b:1::7f00:1]:PORT/",
          "http://[2002:7f00:1::]:PORT/",
          "http://[2002:a9fe:a9fe::1]:PORT/",
          "http://[2001:0:7f00:1::]:PORT/",
          "http://[2001:2::1]:PORT/",
          "http://[2001:10::1]:PORT/",
          "http://[2001:db8::1]:PORT/",
          "http://[3fff::1]:PORT/",
          "http://[100::1]:PORT/",
          "http://[5f00::1]:PORT/",
          "http://[fc00::1]:PORT/",
          "http://[fd00:ec2::254]:PORT/",
          "http://[fe80::1]:PORT/",
          "http://[fe80::1%25lo]:PORT/",
          "http://[fec0::1]:PORT/",
          "http://[ff02::1]:PORT/",
          // Names that stand for such addresses, alone or among public ones.
          "http://loop.example.org:PORT/",
          "http://loop6.example.org:PORT/",
          "http://any.example.org:PORT/",
          "http://private.example.org:PORT/",
          "http://metadata.google.internal:PORT/computeMetadata/v1/",
          "http://mapped.example.org:PORT/",
          "http://nat64.example.org:PORT/",
          "http://first-public.example.org:PORT/",
          "http://last-public.example.org:PORT/",
          "http://public-and-ula.example.org:PORT/",
          // Something before the host, after it, or in its place.
          "http://user@127.0.0.1:PORT/",
          "http://user:password@public.example.org:PORT/",
          "http://public.example.org@127.0.0.1:PORT/",
          "http://public.example.org:80@127.0.0.1:PORT/",
          "http://127.0.0.1:PORT@public.example.org/",
          "http://%31%32%37.0.0.1:PORT/",
          "http://public.example.org.:PORT/",
          "http://public.example.org:0/",
          "http://public.example.org:65536/",
          "http://:PORT/",
          "http:///127.0.0.1:PORT/",
          "http:127.0.0.1:PORT/",
          "http://?127.0.0.1:PORT",
          "//127.0.0.1:PORT/",
          "/127.0.0.1:PORT/",
          "",
          // Other schemes.
          "file:///etc/passwd",
          "file://127.0.0.1:PORT/etc/passwd",
          "ftp://127.0.0.1:PORT/",
          "gopher://127.0.0.1:PORT/_GET%20/",
          "jar:http://127.0.0.1:PORT/x.jar!/x",
          "data:text/plain,127.0.0.1",
          "dict://127.0.0.1:PORT/",
          "ldap://127.0.0.1:PORT/",
          "ws://127.0.0.1:PORT/",
          "netdoc:///etc/passwd",
          "unix:///var/run/docker.sock",
          "mailto:root@127.0.0.1");

  /** As hosts may write them into a Location, where no parser has seen them before. */
  static final List<String> LOCATIONS =
      List.of(
          "//127.0.0.1:PORT/",
          "///127.0.0.1:PORT/",
          "http:/\\127.0.0.1:PORT/",
          "\\\\127.0.0.1:PORT/",
          "http://127.0.0.1:PORT\\@public.example.org/",
          "http://public.example.org\\@127.0.0.1:PORT/",
          "http://[::1:PORT/",
          "http://[::ffff:127.0.0.1]:PORT/",
          "http://\u2460\u2461\u2466.\u24ea.\u24ea.\u2460:PORT/",
          "http://127\u30020\u30020\u30021:PORT/",
          "http://lo\tcalhost:PORT/",
          "http:// 127.0.0.1:PORT/",
          "http://127.0.0.1 :PORT/",
          "http://localhost%00.example.org:PORT/",
          "http://localhost%2f.example.org:PORT/");

  @Test
  void nothingForbiddenIsDialled() {
    for (String address : ADDRESSES) {
      FetchException failure = Webs.failure(web, URI.create(here(address)));
      assertThat(failure).as(address).isNotNull();
      assertThat(failure.reason()).as(address).isEqualTo(Reason.FORBIDDEN_ADDRESS);
    }

    assertThat(ADDRESSES).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(100);
    assertThat(canary.connections).hasValue(0);
  }

  @Test
  void noRedirectLeadsThere() {
    List<String> locations = new ArrayList<>(ADDRESSES);
    // These stand for the server itself.
    locations.removeAll(List.of("/127.0.0.1:PORT/", "", "http://?127.0.0.1:PORT"));
    locations.addAll(LOCATIONS);
    AtomicInteger next = new AtomicInteger();
    server.asking(
        "/away",
        asked ->
            out ->
                out.write(
                    ("HTTP/1.1 302 x\r\nLocation: "
                            + here(locations.get(next.get()))
                            + "\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)));

    for (; next.get() < locations.size(); next.incrementAndGet()) {
      FetchException failure = Webs.failure(web, server.at("/away"));
      assertThat(failure).as(locations.get(next.get())).isNotNull();
      assertThat(failure.reason())
          .as(locations.get(next.get()))
          .isIn(Reason.FORBIDDEN_ADDRESS, Reason.REDIRECTS, Reason.NOT_FOUND);
    }

    assertThat(server.connections.get()).isGreaterThanOrEqualTo(locations.size());
    assertThat(canary.connections).hasValue(0);
  }

  @Test
  void theCanaryHearsWhoeverDialsIt() throws Exception {
    for (String address : List.of("127.0.0.1", "127.0.0.2", "0.0.0.0")) {
      try (Socket socket = new Socket(address, canary.port())) {
        socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes());
        assertThat(socket.getInputStream().read()).isEqualTo('H');
      }
    }

    assertThat(canary.connections).hasValue(3);
  }

  @Test
  void whatIsCheckedIsWhatIsDialledWhateverIsLookedUpNext() throws Exception {
    server.page("/", LocalHost.text(200, "", "here"));

    web.get(WebRequest.api(server.on("rebinding.example.org", "/")));
    assertThat(lookups).hasValue(1);

    assertThat(Webs.failure(web, server.on("rebinding.example.org", "/")).reason())
        .isEqualTo(Reason.FORBIDDEN_ADDRESS);
    assertThat(lookups).hasValue(2);
    assertThat(server.connections).hasValue(1);
  }

  @Test
  void aRedirectToTheSameNameIsLookedUpAnew() {
    server.page("/", LocalHost.text(302, "Location: /next\r\n", ""));

    assertThat(Webs.failure(web, server.on("rebinding.example.org", "/")).reason())
        .isEqualTo(Reason.FORBIDDEN_ADDRESS);
    assertThat(server.paths()).containsExactly("/");
  }

  @Test
  void socketsThemselvesRefuse() throws IOException {
    AddressGuard guard = AddressGuard.permitting(server.address());
    try (GuardedSocket socket = new GuardedSocket(guard)) {
      for (String host : List.of("127.0.0.1", "127.0.0.2", "0.0.0.0", "::1")) {
        InetSocketAddress address = new InetSocketAddress(host, canary.port());
        assertThatThrownBy(() -> socket.connect(address))
            .isInstanceOf(ForbiddenAddressException.class);
        assertThatThrownBy(() -> socket.connect(address, 100))
            .isInstanceOf(ForbiddenAddressException.class);
      }
      assertThat(canary.connections).hasValue(0);

      socket.connect(server.address());
      assertThat(socket.isConnected()).isTrue();
    }
  }

  @Test
  void noProxyOfTheMachineIsUsed() throws Exception {
    server.page("/", LocalHost.text(200, "", "here"));
    List<String> settings =
        List.of("http.proxyHost", "http.proxyPort", "socksProxyHost", "socksProxyPort");
    try {
      for (String setting : settings) {
        System.setProperty(
            setting, setting.endsWith("Host") ? "127.0.0.1" : String.valueOf(canary.port()));
      }
      assertThat(web.get(WebRequest.api(server.at("/"))).status()).isEqualTo(200);
    } finally {
      settings.forEach(System::clearProperty);
    }
    assertThat(canary.connections).hasValue(0);
  }

  private String here(String address) {
    return address.replace("PORT", String.valueOf(canary.port()));
  }

  /** One name changes sides after the first question. */
  private InetAddress[] lookUp(String host) throws UnknownHostException {
    int question = lookups.incrementAndGet();
    List<String> found =
        host.equals("rebinding.example.org")
            ? List.of(question == 1 ? "127.0.0.1" : "127.0.0.2")
            : NAMES.get(host);
    if (found == null) {
      throw new UnknownHostException(host);
    }
    InetAddress[] addresses = new InetAddress[found.size()];
    for (int i = 0; i < addresses.length; i++) {
      addresses[i] = InetAddress.getByName(found.get(i));
    }
    return addresses;
  }
}
