package app.mushroom.collector.fetch;

import java.time.Duration;
import java.util.List;

/**
 * How a host may be asked.
 *
 * @param group hosts of one operator that share one allowance have the same; others their own name
 * @param lanes requests under way at once
 * @param gap from the head of an answer to the next request in that lane. As the host has seen a
 *     request before it answers, it never sees more than {@code lanes} of them in any stretch of
 *     that length
 * @param requests how many in a period
 * @param bytes how many in a period, of bodies as they come over the wire
 */
public record HostRules(
    String group, int lanes, Duration gap, List<Quota> requests, List<Quota> bytes) {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final long GIGABYTE = 1_000_000_000L;

  /**
   * At most so many in any stretch of that length.
   *
   * @param burst how many of them may come with no pause; the others are spread over the period. So
   *     in the long run there are {@code amount - burst + 1} a period
   */
  public record Quota(long amount, Duration period, long burst) {
    public Quota {
      if (burst < 1 || amount < burst || period.isNegative() || period.isZero()) {
        throw new IllegalArgumentException(
            "Expected 1 <= burst <= amount and a period, found "
                + burst
                + ", "
                + amount
                + " and "
                + period
                + ".");
      }
    }
  }

  public HostRules {
    if (lanes < 1 || gap.isNegative()) {
      throw new IllegalArgumentException(
          "Expected a lane or more and no negative gap, found " + lanes + " and " + gap + ".");
    }
    requests = List.copyOf(requests);
    bytes = List.copyOf(bytes);
  }

  /**
   * What a host asks of programs, as far as we know it; else one request at a time and one a
   * second.
   *
   * <ul>
   *   <li>iNaturalist asks for about 1 request a second, at most 60 a minute (which the gap gives)
   *       and 10,000 a day, and for at most 5 GB of media an hour and 24 GB a day, whichever of its
   *       two hosts they come from (<a
   *       href="https://www.inaturalist.org/pages/api+recommended+practices">recommended
   *       practices</a>).
   *   <li>GBIF asks for one connection to its image cache; the same is kept everywhere there.
   *   <li>Wikimedia asks for requests in series (API etiquette).
   * </ul>
   *
   * @param host in lower case
   */
  public static HostRules of(String host) {
    return switch (host) {
      case "api.inaturalist.org" ->
          new HostRules(
              host, 1, SECOND, List.of(new Quota(10_000, Duration.ofDays(1), 5_000)), List.of());
      case "static.inaturalist.org", "inaturalist-open-data.s3.amazonaws.com" ->
          new HostRules(
              "inaturalist media",
              2,
              SECOND,
              List.of(),
              List.of(
                  new Quota(5 * GIGABYTE, Duration.ofHours(1), GIGABYTE),
                  new Quota(24 * GIGABYTE, Duration.ofDays(1), 4 * GIGABYTE)));
      case "api.gbif.org" -> simple(host, Duration.ofMillis(500));
      case "commons.wikimedia.org", "upload.wikimedia.org" -> simple("wikimedia", SECOND);
      default -> simple(host, SECOND);
    };
  }

  /** No limits, for servers of one's own: benchmarks and tests. */
  public static HostRules unlimited(String host) {
    return new HostRules(host, 64, Duration.ZERO, List.of(), List.of());
  }

  private static HostRules simple(String group, Duration gap) {
    return new HostRules(group, 1, gap, List.of(), List.of());
  }
}
