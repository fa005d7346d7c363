package app.mushroom.collector.fetch;

import app.mushroom.collector.fetch.FetchException.Reason;
import crawlercommons.robots.BaseRobotRules;
import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRules.RobotRulesMode;
import crawlercommons.robots.SimpleRobotRulesParser;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Asks robots.txt (RFC 9309) before a page or a photo is fetched. Without one everything may be
 * fetched (section 2.3.1.3); while it cannot be had, nothing (2.3.1.4). What it says is kept for a
 * day (2.4), that it could not be had for an hour, and its first 500 KiB are read (2.5).
 */
final class Robots {
  static final int MAX_BYTES = 500 * 1024;
  private static final Duration KEPT = Duration.ofHours(24);
  private static final Duration KEPT_FAILURE = Duration.ofHours(1);
  private static final int MAX_HOSTS = 1_000;

  /** Crawlers that are asked to wait longer are not wanted. */
  private static final Duration MAX_CRAWL_DELAY = Duration.ofMinutes(5);

  /** Brings a robots.txt. */
  interface Fetcher {
    WebAnswer fetch(URI address) throws FetchException, InterruptedException;
  }

  private final Fetcher fetcher;
  private final HostGates gates;
  private final TimeSource time;
  private final Map<String, Site> sites =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Site> eldest) {
          return size() > MAX_HOSTS;
        }
      };

  Robots(Fetcher fetcher, HostGates gates, TimeSource time) {
    this.fetcher = fetcher;
    this.gates = gates;
    this.time = time;
  }

  /**
   * @throws FetchException with {@link Reason#ROBOTS} if we are kept out; with another if nobody
   *     can tell for now
   */
  void require(URI address) throws FetchException, InterruptedException {
    String origin = WebAddress.origin(address);
    Site site;
    synchronized (sites) {
      site = sites.computeIfAbsent(origin, Site::new);
    }
    if (!site.rules().isAllowed(address.toASCIIString())) {
      throw new FetchException(
          Reason.ROBOTS,
          origin + "/robots.txt asks us not to fetch " + WebAddress.shown(address) + ".");
    }
  }

  /** What one host's robots.txt says, asked for once however many wait for it. */
  private final class Site {
    private final URI robotsTxt;
    private final ReentrantLock asking = new ReentrantLock();
    private @Nullable BaseRobotRules rules;
    private @Nullable FetchException failure;
    private long keptUntil;

    Site(String origin) {
      this.robotsTxt = URI.create(origin + "/robots.txt");
    }

    BaseRobotRules rules() throws FetchException, InterruptedException {
      asking.lockInterruptibly();
      try {
        if ((rules == null && failure == null) || time.nanos() - keptUntil >= 0) {
          ask();
        }
        if (rules == null) {
          throw forNow(failure);
        }
        return rules;
      } finally {
        asking.unlock();
      }
    }

    private void ask() throws InterruptedException {
      try {
        rules = fetch();
        failure = null;
        keptUntil = time.nanos() + KEPT.toNanos();
        if (rules.getCrawlDelay() > 0) {
          gates.of(robotsTxt).slowDown(Duration.ofMillis(rules.getCrawlDelay()));
        }
      } catch (FetchException e) {
        rules = null;
        failure = e;
        keptUntil = time.nanos() + KEPT_FAILURE.toNanos();
      }
    }

    private BaseRobotRules fetch() throws FetchException, InterruptedException {
      try {
        WebAnswer answer = fetcher.fetch(robotsTxt);
        return new SimpleRobotRulesParser(MAX_CRAWL_DELAY.toMillis(), 0)
            .parseContent(
                robotsTxt.toString(), answer.body(), "text/plain", List.of(UserAgent.TOKEN));
      } catch (FetchException e) {
        return switch (e.reason()) {
          // Section 2.3.1.2: after five redirects it may be taken to be missing.
          case NOT_FOUND, REFUSED, REDIRECTS -> new SimpleRobotRules(RobotRulesMode.ALLOW_ALL);
          default -> throw e;
        };
      }
    }

    private FetchException forNow(@Nullable FetchException why) {
      String message =
          robotsTxt
              + " cannot be had, so nothing is fetched from there for now: "
              + (why == null ? "" : why.getMessage());
      return why == null ? new FetchException(Reason.HOST_FAILED, message) : why.because(message);
    }
  }
}
