package app.mushroom.collector.fetch;

import app.mushroom.collector.fetch.HostRules.Quota;
import java.util.List;

/** The quotas of one kind of a host, which all have to be kept. */
final class Allowance {
  private final List<Account> accounts;

  /**
   * @param name of the host and of what is counted
   */
  Allowance(String name, List<Quota> quotas, TimeSource time) {
    this.accounts =
        quotas.stream()
            .map(quota -> new Account(name + " " + quota.period(), quota, time))
            .toList();
  }

  List<Account> accounts() {
    return accounts;
  }

  /** Nanoseconds until so many can be had, or until it is worth asking again; 0 for now. */
  long nanosUntil(long count) {
    return accounts.stream().mapToLong(account -> account.nanosUntil(count)).max().orElse(0);
  }

  /** Takes so many. */
  void take(long count) {
    accounts.forEach(account -> account.take(count));
  }

  /** Gives back what was not needed. */
  void giveBack(long count) {
    accounts.forEach(account -> account.giveBack(count));
  }
}
