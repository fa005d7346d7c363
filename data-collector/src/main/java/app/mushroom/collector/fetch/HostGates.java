package app.mushroom.collector.fetch;

import java.net.URI;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/** The gate of each host, made when it is first asked. */
final class HostGates {
  private final Function<String, HostRules> rules;
  private final TimeSource time;
  private final QuotaLedger ledger;
  private final ConcurrentMap<String, HostGate> byGroup = new ConcurrentHashMap<>();

  HostGates(Function<String, HostRules> rules, TimeSource time, QuotaMemory memory) {
    this.rules = rules;
    this.time = time;
    this.ledger = new QuotaLedger(memory, time);
  }

  HostGate of(URI address) {
    HostRules applied = rules.apply(WebAddress.host(address));
    return byGroup.computeIfAbsent(
        applied.group(),
        group -> {
          HostGate gate = new HostGate(applied, time);
          ledger.open(gate.accounts());
          return gate;
        });
  }

  /** What was spent, for later runs and other processes. */
  QuotaLedger ledger() {
    return ledger;
  }
}
