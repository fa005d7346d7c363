package app.mushroom.collector.cli;

import app.mushroom.collector.fetch.AddressGuard;
import app.mushroom.collector.fetch.HostRules;
import app.mushroom.collector.fetch.HttpWeb;
import app.mushroom.collector.fetch.QuotaMemory;
import app.mushroom.collector.fetch.UserAgent;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who asks the web, and in tests what stands in for it. */
final class WebOptions {
  @Option(
      names = "--contact",
      paramLabel = "MAIL|PAGE",
      defaultValue = "${env:MUSHROOM_CONTACT}",
      description = {
        "A mail address or a page, told to hosts with every request so that they can reach you."
            + " MUSHROOM_CONTACT sets it too; without it a terminal is asked, once."
      })
  private @Nullable String contact;

  @Option(
      names = "--mirror",
      paramLabel = "HOST=ADDRESS",
      hidden = true,
      description = "Ask this server of one's own, such as http://127.0.0.1:8080, for a host.")
  private Map<String, URI> mirrors = new TreeMap<>();

  @Option(
      names = "--unlimited-mirrors",
      hidden = true,
      description = "No politeness towards mirrors: for benchmarks and tests.")
  private boolean unlimitedMirrors;

  Map<String, URI> mirrors() {
    return mirrors.entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
  }

  @Nullable String contact() {
    return contact;
  }

  /**
   * @throws IllegalArgumentException if the contact is none, or a mirror is not on this machine
   */
  HttpWeb web(String told, QuotaMemory memory) {
    InetSocketAddress[] servers =
        mirrors.values().stream()
            .map(mirror -> new InetSocketAddress(mirror.getHost(), mirror.getPort()))
            .distinct()
            .toArray(InetSocketAddress[]::new);
    Set<String> own = mirrors.values().stream().map(URI::getHost).collect(Collectors.toSet());
    String built = CollectorApplication.class.getPackage().getImplementationVersion();
    return new HttpWeb(
        new UserAgent(built == null ? "unpackaged" : built, told),
        servers.length == 0 ? AddressGuard.publicOnly() : AddressGuard.permitting(servers),
        host ->
            unlimitedMirrors && own.contains(host) ? HostRules.unlimited(host) : HostRules.of(host),
        RandomGenerator.getDefault(),
        memory);
  }
}
