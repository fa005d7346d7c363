package app.mushroom.benchmarks.serving;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether hours of work leave traces: memory by the minute at 70 % of what the API can answer. */
@Command(name = "soak", description = "memory by the minute under a steady load")
final class SoakCommand implements Callable<Integer> {
  private static final long SEED = 20261123;
  private static final int BLOCK_SECONDS = 60;

  @Mixin private Contenders contenders = new Contenders();

  private static final Duration WARM_UP = Duration.ofSeconds(40);

  @Option(names = "--minutes")
  private int minutes = 60;

  @Option(names = "--settle", description = "minutes that the slope leaves out")
  private int settle = 10;

  @Option(names = "--share", description = "of what four waiting clients get answered")
  private double share = 0.7;

  private record Sample(double minute, double megabytes) {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Upload> photos = new ArrayList<>();
    for (Photos.Size size : Photos.Size.values()) {
      photos.addAll(Photos.load(contenders.photos, size));
    }
    try (Service service = contenders.startOurs()) {
      service.warmUp(photos, WARM_UP);
      double rate = share * service.closedLoop(photos, 4, Duration.ofSeconds(20)).perSecond();
      System.out.printf("%n%.1f/s, photos of all three sizes in turn.%n", rate);
      System.out.println("\n| minute | resident, MB | answered/s | p50, ms | p99, ms | statuses |");
      System.out.println("| --- | --- | --- | --- | --- | --- |");
      List<Sample> samples = new ArrayList<>();
      Map<Integer, Integer> statuses = new TreeMap<>();
      for (int minute = 1; minute <= minutes; minute++) {
        OpenLoop.Result result =
            OpenLoop.run(
                service.port(),
                service.path(),
                photos,
                rate,
                Duration.ofSeconds(BLOCK_SECONDS),
                64,
                SEED + minute);
        result.statuses().forEach((status, count) -> statuses.merge(status, count, Integer::sum));
        double resident = service.resources().residentMegabytes();
        if (minute > settle) {
          samples.add(new Sample(minute, resident));
        }
        System.out.printf(
            "| %d | %.0f | %.1f | %.0f | %.0f | %s |%n",
            minute,
            resident,
            result.goodput(),
            result.accepted().millis(0.5),
            result.accepted().millis(0.99),
            result.statuses());
      }
      System.out.printf(
          "%nSlope after %d minutes: %.2f %% in 10 minutes. Answers by status: %s%n",
          settle, slopePerTenMinutes(samples), statuses);
    }
    return 0;
  }

  /** Least squares, in per cent of the mean. */
  private static double slopePerTenMinutes(List<Sample> samples) {
    double meanMinute = samples.stream().mapToDouble(Sample::minute).average().orElse(Double.NaN);
    double mean = samples.stream().mapToDouble(Sample::megabytes).average().orElse(Double.NaN);
    double covariance = 0;
    double variance = 0;
    for (Sample sample : samples) {
      covariance += (sample.minute() - meanMinute) * (sample.megabytes() - mean);
      variance += (sample.minute() - meanMinute) * (sample.minute() - meanMinute);
    }
    return 1000 * covariance / variance / mean;
  }
}
