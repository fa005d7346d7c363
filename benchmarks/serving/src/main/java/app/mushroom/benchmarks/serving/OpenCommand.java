package app.mushroom.benchmarks.serving;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How the API bears more than it can answer. */
@Command(name = "open", description = "requests that come whether or not the last is answered")
final class OpenCommand implements Callable<Integer> {
  private static final long SEED = 20261122;
  private static final double STEP = 0.05;

  /** Of what waiting clients got, who may have asked before everything was compiled. */
  private static final double HIGHEST = 3;
  private static final Duration SETTLE = Duration.ofSeconds(5);

  @Mixin private Contenders contenders = new Contenders();

  @Option(names = "--size", description = "one of: ${COMPLETION-CANDIDATES}")
  private Photos.Size size = Photos.Size.SMALL;

  @Option(names = "--probe-seconds", description = "of each rate tried on the way to saturation")
  private int probeSeconds = 20;

  @Option(names = "--overload-seconds")
  private int overloadSeconds = 120;

  @Option(names = "--connections", description = "most requests under way")
  private int connections = 256;

  @Option(names = "--only-70", description = "leave the overload out")
  private boolean onlyModerate;

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Upload> photos = Photos.load(contenders.photos, size);
    try (Service service = contenders.startOurs()) {
      OpenLoop.requireLoopbackAddresses(service.port());
      service.warmUp(photos);
      service.warmUp(photos);
      double capacity = service.closedLoop(photos, 4, Duration.ofSeconds(probeSeconds)).perSecond();
      System.out.printf("%nClosed loop, 4 clients: %.1f/s. Photos: %s.%n", capacity, size.title());
      header();
      row("baseline, 1/s", run(service, photos, 1, probeSeconds));
      row("70 % of it", run(service, photos, 0.7 * capacity, 3 * probeSeconds));
      if (onlyModerate) {
        return 0;
      }
      List<OpenLoop.Result> probes = new ArrayList<>();
      double saturation = 0;
      for (double share = 0.8; share <= HIGHEST; share += STEP) {
        OpenLoop.Result probe = run(service, photos, share * capacity, probeSeconds);
        row("%.0f %%".formatted(100 * share), probe);
        if (probe.accepted().count() < probe.sent() || probe.accepted().millis(0.99) > 1000) {
          break;
        }
        saturation = share * capacity;
        probes.add(probe);
      }
      if (probes.isEmpty()) {
        System.out.println("\nNo rate was answered without errors and with p99 of at most 1 s.");
        return 1;
      }
      OpenLoop.Result atSaturation = probes.get(probes.size() - 1);
      Resources before = service.resources();
      OpenLoop.Result overload = run(service, photos, 4 * saturation, overloadSeconds);
      Resources after = service.resources();
      row("4x saturation", overload);
      OpenLoop.Result back = run(service, photos, 1, 10);
      row("right after, 1/s", back);
      System.out.printf(
          "%nSaturation (p99 of at most 1 s, nothing refused): %.1f/s, p99 %.0f ms. At 4x: goodput"
              + " %.0f %% of it, p99 of the accepted %.2f times that, refusals without Retry-After:"
              + " %d, resident %.0f MB before and %.0f MB after.%n",
          saturation,
          atSaturation.accepted().millis(0.99),
          100 * overload.goodput() / saturation,
          overload.accepted().millis(0.99) / atSaturation.accepted().millis(0.99),
          overload.withoutRetryAfter(),
          before.residentMegabytes(),
          after.residentMegabytes());
    }
    return 0;
  }

  private OpenLoop.Result run(Service service, List<Upload> photos, double rate, int seconds)
      throws InterruptedException {
    Thread.sleep(SETTLE.toMillis());
    return OpenLoop.run(
        service.port(),
        service.path(),
        photos,
        rate,
        Duration.ofSeconds(seconds),
        connections,
        SEED);
  }

  private static void header() {
    System.out.println(
        "\n| load | due/s | answered/s | p50, ms | p99, ms | refused p99, ms | statuses (0: none) |");
    System.out.println("| --- | --- | --- | --- | --- | --- | --- |");
  }

  private static void row(String name, OpenLoop.Result result) {
    System.out.printf(
        "| %s | %.1f | %.1f | %.0f | %.0f | %.0f | %s |%n",
        name,
        result.sent() / result.seconds(),
        result.goodput(),
        result.accepted().millis(0.5),
        result.accepted().millis(0.99),
        result.refused().millis(0.99),
        result.statuses());
  }
}
