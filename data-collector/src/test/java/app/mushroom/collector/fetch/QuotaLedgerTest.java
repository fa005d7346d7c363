package app.mushroom.collector.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.collector.fetch.QuotaMemory.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one run has spent, the next has not, nor another at the same time. */
class QuotaLedgerTest {
  private static final String API = "api.inaturalist.org";
  private static final String MEDIA = "static.inaturalist.org";

  private final VirtualTime time = new VirtualTime();
  private final Kept kept = new Kept();

  @AfterEach
  void never() {
    assertThat(kept.levels.values()).allSatisfy(level -> assertThat(level.left()).isFinite());
  }

  /** Memory that can be away. */
  private static final class Kept implements QuotaMemory {
    private Map<String, Level> levels = new HashMap<>();
    private boolean away;

    @Override
    public boolean change(UnaryOperator<Map<String, Level>> change) {
      if (away) {
        return false;
      }
      change.apply(levels); // as if somebody else had been faster
      levels = change.apply(levels);
      return true;
    }
  }

  /** One process's gate, and the ledger that it settles by. */
  private record Process(HostGate gate, QuotaLedger ledger) {}

  private Process process(String host) {
    HostGate gate = new HostGate(HostRules.of(host), time);
    QuotaLedger ledger = new QuotaLedger(kept, time);
    ledger.open(gate.accounts());
    return new Process(gate, ledger);
  }

  /** How many requests come within a time, each with so many bytes. */
  private int within(Duration duration, long bytes, Process... processes) throws Exception {
    long end = time.nanos() + duration.toNanos();
    int requests = 0;
    while (time.nanos() < end) {
      for (Process process : processes) {
        process.ledger().settleNowAndThen();
        try (Turn turn = process.gate().enter(20_000_000)) {
          requests++;
          turn.answered();
          turn.brought(bytes);
        }
      }
    }
    return requests;
  }

  @Test
  void runsOfADayShareTheDaysRequests() throws Exception {
    int requests = 0;
    for (int run = 0; run < 4; run++) {
      Process process = process(API);
      requests += within(Duration.ofHours(6), 1, process);
      process.ledger().settle();
    }
    // Rounding gives each settlement less than one request more.
    assertThat(requests).isBetween(9_900, 10_005);
  }

  @Test
  void aRunThatIsKilledForgetsOnlyItsLastSeconds() throws Exception {
    int requests = 0;
    for (int run = 0; run < 24; run++) {
      requests += within(Duration.ofHours(1), 1, process(API));
    }
    assertThat(requests).isBetween(9_900, 10_000 + 24 * 15);
  }

  @Test
  void processesAtTheSameTimeShareARate() throws Exception {
    int requests = within(Duration.ofDays(1), 1, process(API), process(API));
    assertThat(requests).isBetween(9_900, 10_060);
  }

  @Test
  void bytesAreRememberedAsTheyCame() throws Exception {
    Process first = process(MEDIA);
    int photos = within(Duration.ofMinutes(10), 3_000_000, first);
    first.ledger().settle();
    assertThat(kept.levels.keySet())
        .containsExactlyInAnyOrder("inaturalist media bytes PT1H", "inaturalist media bytes PT24H");
    double left = kept.levels.get("inaturalist media bytes PT24H").left();
    assertThat(left).isBetween(4e9 - 3e6 * photos, 4e9 - 3e6 * photos + 600 * 232e3);
  }

  @Test
  void whatOneRunSpentTheNextRegainsWithTime() throws Exception {
    Process first = process(API);
    within(Duration.ofMinutes(90), 1, first); // more than 5,000 seconds: no burst is left
    first.ledger().settle();
    assertThat(within(Duration.ofMinutes(10), 1, process(API))).isBetween(30, 40);
    time.pass(Duration.ofDays(1));
    assertThat(within(Duration.ofMinutes(10), 1, process(API))).isBetween(600, 601);
  }

  @Test
  void aMemoryThatIsAwayStopsNobodyAndIsToldLater() throws Exception {
    kept.away = true;
    Process process = process(API);
    assertThat(within(Duration.ofMinutes(10), 1, process)).isBetween(600, 601);
    assertThat(kept.levels).isEmpty();
    kept.away = false;
    process.ledger().settle();
    assertThat(kept.levels.get("api.inaturalist.org requests PT24H").left())
        .isBetween(4_399.0, 4_400.0);
  }

  @Test
  void aClockThatIsSetBackGivesNothing() throws Exception {
    Process first = process(API);
    within(Duration.ofMinutes(10), 1, first);
    first.ledger().settle();
    kept.levels.replaceAll(
        (name, level) -> new Level(level.left(), level.at().plus(Duration.ofDays(400))));
    process(API).ledger().settle();
    assertThat(kept.levels.get("api.inaturalist.org requests PT24H").left())
        .isBetween(4_400.0, 4_440.0);
  }

  @Test
  void aWebSettlesAtItsEnd() throws Exception {
    try (LocalHost host = new LocalHost(time)) {
      host.page("/", LocalHost.text(200, "", "x"));
      try (HttpWeb web = Webs.of(host, time, HostRules::of, WebLimits.STANDARD, kept)) {
        web.get(WebRequest.api(host.on(API, "/")));
        web.get(WebRequest.api(host.on("example.org", "/")));
      }
    }
    assertThat(kept.levels.keySet()).containsExactly("api.inaturalist.org requests PT24H");
    assertThat(kept.levels.values())
        .singleElement()
        .satisfies(level -> assertThat(level.left()).isBetween(4_999.0, 4_999.2));
  }
}
