package app.mushroom.collector.fetch;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import java.util.function.Function;

/** Webs that reach one local server, under whatever name, and no other. */
final class Webs {
  static final UserAgent AGENT = new UserAgent("0.1.0", "https://example.org/collector");

  private Webs() {}

  static HttpWeb of(LocalHost host, VirtualTime time) {
    return of(host, time, HostRules::of);
  }

  static HttpWeb of(LocalHost host, VirtualTime time, Function<String, HostRules> rules) {
    return of(host, time, rules, WebLimits.STANDARD);
  }

  static HttpWeb of(
      LocalHost host, VirtualTime time, Function<String, HostRules> rules, WebLimits limits) {
    return of(host, time, rules, limits, QuotaMemory.NONE);
  }

  static HttpWeb of(
      LocalHost host,
      VirtualTime time,
      Function<String, HostRules> rules,
      WebLimits limits,
      QuotaMemory memory) {
    return new HttpWeb(
        AGENT,
        AddressGuard.permitting(host.address()),
        rules,
        new Random(4),
        memory,
        limits,
        time,
        name -> new InetAddress[] {InetAddress.getByName("127.0.0.1")});
  }

  /** At most so many bytes, and a time that a test can wait for. */
  static HttpWeb small(LocalHost host, int maxBytes, Duration limit) {
    return of(host, new VirtualTime(), HostRules::unlimited, new WebLimits(maxBytes, limit));
  }

  static FetchException failure(Web web, URI address) {
    return failure(web, WebRequest.api(address));
  }

  static FetchException failure(Web web, WebRequest request) {
    return catchThrowableOfType(FetchException.class, () -> web.get(request));
  }

  static InetSocketAddress loopback(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }
}
