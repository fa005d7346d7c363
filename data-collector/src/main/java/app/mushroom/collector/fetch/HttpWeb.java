package app.mushroom.collector.fetch;

import app.mushroom.collector.fetch.FetchException.Reason;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * The web over HTTP/1.1.
 *
 * <ul>
 *   <li>Only public hosts are dialled ({@link AddressGuard}), also after each of at most five
 *       redirects.
 *   <li>A fetch brings at most 20 MB and talks to hosts for at most 30 seconds, over all its
 *       redirects and tries. Waiting for a turn does not count.
 *   <li>Hosts are asked as {@link HostRules} and robots.txt say.
 *   <li>Status 429 and 500 to 599 are tried up to four times: when the host says (Retry-After), if
 *       that is within ten minutes, else after random times that double. A connection that breaks
 *       off is tried once more. Nothing else is tried again. A host that answers three fetches in a
 *       row with nothing but 429 is left alone for an hour.
 * </ul>
 *
 * <p>Safe for use by threads. A thread that is in a fetch when this is closed gets {@link
 * Reason#BROKE_OFF}.
 */
public final class HttpWeb implements Web, AutoCloseable {
  private static final int MAX_TRIES = 4;
  private static final int MAX_REDIRECTS = 5;

  /** Fetches in a row, of four tries each, that a host may answer 429. */
  private static final int MAX_TURNED_AWAY = 3;

  private static final Duration LEFT_ALONE = Duration.ofHours(1);
  private static final long FIRST_PAUSE_NANOS = Duration.ofSeconds(2).toNanos();

  private final Transport transport;
  private final HostGates gates;
  private final Robots robots;
  private final WebLimits limits;
  private final TimeSource time;
  private final RandomGenerator random;
  private volatile boolean closed;

  /**
   * @param userAgent who asks
   * @param guard what may be dialled; {@link AddressGuard#publicOnly()} but for tests
   * @param rules of each host, by its name in lower case; {@link HostRules#of} but for servers of
   *     one's own
   * @param random spreads tries, so that many collectors do not come back at once
   * @param memory of what was spent of hosts' quotas
   */
  public HttpWeb(
      UserAgent userAgent,
      AddressGuard guard,
      Function<String, HostRules> rules,
      RandomGenerator random,
      QuotaMemory memory) {
    this(
        userAgent,
        guard,
        rules,
        random,
        memory,
        WebLimits.STANDARD,
        TimeSource.system(),
        InetAddress::getAllByName);
  }

  HttpWeb(
      UserAgent userAgent,
      AddressGuard guard,
      Function<String, HostRules> rules,
      RandomGenerator random,
      QuotaMemory memory,
      WebLimits limits,
      TimeSource time,
      HostLookup lookup) {
    this.transport = new Transport(userAgent, guard, lookup);
    this.gates = new HostGates(rules, time, memory);
    this.robots = new Robots(address -> fetch(Errand.robotsTxt(address)), gates, time);
    this.limits = limits;
    this.time = time;
    this.random = random;
  }

  @Override
  public WebAnswer get(WebRequest request) throws FetchException, InterruptedException {
    return fetch(Errand.of(request, limits.maxBytes()));
  }

  private WebAnswer fetch(Errand errand) throws FetchException, InterruptedException {
    gates.ledger().settleNowAndThen();
    Budget budget = new Budget(limits.time());
    boolean brokeOff = false;
    for (int tries = 1; ; tries++) {
      try {
        Attempt attempt = follow(errand, budget);
        if (attempt.isGood()) {
          gates.of(attempt.address()).answered();
          return new WebAnswer(
              attempt.address(), attempt.status(), attempt.contentType(), attempt.body());
        }
        if (!attempt.isTooMuch()) {
          gates.of(attempt.address()).answered();
        }
        heed(attempt);
        if (!attempt.isWorthAnother() || tries == MAX_TRIES) {
          throw givenUp(attempt);
        }
        pause(attempt, tries);
      } catch (FetchException e) {
        if (e.reason() != Reason.BROKE_OFF || brokeOff || closed || tries == MAX_TRIES) {
          throw e;
        }
        brokeOff = true;
        time.sleep(jitter(tries));
      }
    }
  }

  /** Follows redirects to an answer that is none. */
  private Attempt follow(Errand errand, Budget budget) throws FetchException, InterruptedException {
    Set<URI> seen = new HashSet<>();
    URI address = errand.address();
    while (seen.add(address)) {
      if (seen.size() > MAX_REDIRECTS + 1) {
        throw new FetchException(
            Reason.REDIRECTS,
            "%s leads on more than %d times."
                .formatted(WebAddress.shown(errand.address()), MAX_REDIRECTS));
      }
      WebAddress.require(address);
      if (errand.asksRobots()) {
        robots.require(address);
      }
      try (Turn turn = gates.of(address).enter(errand.maxBytes());
          Reply reply = transport.send(address, errand.headers(address), budget)) {
        turn.answered();
        if (!Redirect.is(reply.status())) {
          return end(errand, address, reply, turn);
        }
        address = Redirect.target(address, reply.status(), reply.header("Location"));
      }
    }
    throw new FetchException(
        Reason.REDIRECTS, WebAddress.shown(errand.address()) + " leads round in a circle.");
  }

  private Attempt end(Errand errand, URI address, Reply reply, Turn turn) throws FetchException {
    if (errand.asksRobots() && RobotsTag.keepsOut(reply.headers("X-Robots-Tag"))) {
      throw new FetchException(
          Reason.ROBOTS,
          "%s asks not to be used (X-Robots-Tag: %s)."
              .formatted(
                  WebAddress.shown(address),
                  WebAddress.shown(String.join("; ", reply.headers("X-Robots-Tag")))));
    }
    byte[] body = new byte[0];
    if (reply.isGood()) {
      turn.brought(errand.maxBytes());
      body = reply.body(errand.maxBytes(), errand.cut());
      turn.brought(reply.bytes());
    }
    return new Attempt(
        address,
        reply.status(),
        reply.contentType(),
        body,
        RetryAfter.parse(reply.header("Retry-After"), time.now()));
  }

  /** Leaves a host alone for as long as it asks, whoever else wants something from it. */
  private void heed(Attempt attempt) throws FetchException {
    Duration asked = attempt.retryAfter();
    if (asked == null || !attempt.isWorthAnother()) {
      return;
    }
    gates.of(attempt.address()).hold(asked);
    if (asked.compareTo(HostGate.PATIENCE) > 0) {
      FetchException failure = attempt.failure();
      Instant until = time.now().plus(asked);
      throw FetchException.leftAlone(
          failure.reason(),
          "%s The host asks to be left alone until %s; run again then."
              .formatted(failure.getMessage(), until),
          until);
    }
  }

  /**
   * Takes it for a request to be left alone that nothing but 429 comes, however often. A host that
   * only fails asks for nothing.
   */
  private FetchException givenUp(Attempt attempt) {
    FetchException failure = attempt.failure();
    if (!attempt.isTooMuch() || gates.of(attempt.address()).turnedAway() < MAX_TURNED_AWAY) {
      return failure;
    }
    gates.of(attempt.address()).hold(LEFT_ALONE);
    Instant until = time.now().plus(LEFT_ALONE);
    return FetchException.leftAlone(
        failure.reason(),
        "%s Nothing else has come for a while, so the host is left alone until %s; run again then."
            .formatted(failure.getMessage(), until),
        until);
  }

  private void pause(Attempt attempt, int tries) throws InterruptedException {
    if (attempt.retryAfter() != null) {
      return;
    }
    long pause = jitter(tries);
    if (attempt.isOverload()) {
      gates.of(attempt.address()).hold(Duration.ofNanos(pause));
    } else {
      time.sleep(pause);
    }
  }

  /** Full jitter: anything up to a bound that doubles with each try. */
  private long jitter(int tries) {
    synchronized (random) {
      return random.nextLong(FIRST_PAUSE_NANOS << (tries - 1));
    }
  }

  /** Puts down what was spent of quotas so far. */
  public void settle() {
    gates.ledger().settle();
  }

  @Override
  public void close() {
    closed = true;
    transport.close();
    gates.ledger().settle();
  }
}
