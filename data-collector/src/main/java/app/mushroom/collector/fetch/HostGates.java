package app.mushroom.collector.fetch;

import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** The gate of each host, made when it is first asked. */
final class HostGates {
  private final Function<String, HostRules> rules;
  private final TimeSource time;
  private final ConcurrentMap<String, HostGate> byGroup = new ConcurrentHashMap<>();

  HostGates(Function<String, HostRules> rules, TimeSource time) {
    this.rules = rules;
    this.time = time;
  }

  HostGate of(URI address) {
    HostRules applied = rules.apply(WebAddress.host(address));
    return byGroup.computeIfAbsent(applied.group(), group -> new HostGate(applied, time));
  }
}
