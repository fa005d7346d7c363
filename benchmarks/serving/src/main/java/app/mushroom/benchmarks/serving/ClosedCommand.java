package app.mushroom.benchmarks.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Rates and times of all services, each in turn, in rounds. */
@Command(name = "closed", description = "clients that wait for each answer")
final class ClosedCommand implements Callable<Integer> {
  private static final String FLOOR = "floor: decode and forward, no HTTP";

  @Mixin private Contenders contenders = new Contenders();

  @Option(names = "--sizes", split = ",", description = "of: ${COMPLETION-CANDIDATES}")
  private List<Photos.Size> sizes = List.of(Photos.Size.values());

  @Option(names = "--clients", split = ",")
  private List<Integer> clients = List.of(1, 2, 4, 16);

  @Option(names = "--rounds")
  private int rounds = 5;

  @Option(names = "--seconds", description = "of each block")
  private double seconds = 5;

  @Option(
      names = "--warm-up",
      description = "seconds for each service and size; a JVM compiles for most of a minute")
  private int warmUpSeconds = 20;

  @Option(names = "--only", description = "peers whose name contains this")
  private String only = "";

  private record Setting(Photos.Size size, int clients) {}

  private record Block(double perSecond, double p50, double p99, double fairness, int failed) {}

  private final Map<String, Map<Setting, List<Block>>> blocks = new LinkedHashMap<>();

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Service> services = new ArrayList<>();
    Map<String, Resources> most = new LinkedHashMap<>();
    try (Floor onnx =
            Floor.open(
                contenders.bundle().network("onnxruntime"), contenders.bundle().preprocessing());
        Floor torch =
            Floor.open(contenders.bundle().network("torch"), contenders.bundle().preprocessing())) {
      services.add(contenders.startOurs());
      for (Service.Plan peer : contenders.peers()) {
        if (peer.name().contains(only)) {
          services.add(contenders.start(peer));
        }
      }
      for (Photos.Size size : sizes) {
        List<Upload> uploads = Photos.load(contenders.photos, size);
        List<byte[]> files = files(size);
        for (Service service : services) {
          service.warmUp(uploads, Duration.ofSeconds(warmUpSeconds));
        }
        onnx.run(files, 2, 2);
        for (int count : clients) {
          Setting setting = new Setting(size, count);
          for (int round = 0; round < rounds; round++) {
            List<Service> order = new ArrayList<>(services);
            Collections.rotate(order, round);
            for (Service service : order) {
              measure(service, setting, uploads);
              Resources now = service.resources();
              most.merge(
                  service.name(),
                  now,
                  (a, b) -> a.residentMegabytes() > b.residentMegabytes() ? a : b);
            }
            int threads = Math.min(count, Runtime.getRuntime().availableProcessors());
            floor(FLOOR + ", ONNX Runtime", onnx, files, threads, setting);
            floor(FLOOR + ", PyTorch", torch, files, threads, setting);
          }
          System.err.println("measured " + size.title() + ", " + count + " clients");
        }
      }
      print(services, most);
    } finally {
      services.forEach(Service::close);
    }
    return 0;
  }

  private void measure(Service service, Setting setting, List<Upload> uploads)
      throws IOException, InterruptedException {
    ClosedLoop.Result result =
        service.closedLoop(
            uploads, setting.clients(), Duration.ofMillis(Math.round(seconds * 1000)));
    add(
        service.name(),
        setting,
        new Block(
            result.perSecond(),
            result.latencies().millis(0.5),
            result.latencies().millis(0.99),
            result.fairness(),
            result.failed()));
  }

  private void floor(String name, Floor floor, List<byte[]> files, int threads, Setting setting)
      throws IOException, InterruptedException {
    double rate = floor.run(files, threads, seconds);
    double each = threads / rate * 1000;
    add(name, setting, new Block(rate, each, Double.NaN, Double.NaN, 0));
  }

  private void add(String name, Setting setting, Block block) {
    blocks
        .computeIfAbsent(name, n -> new LinkedHashMap<>())
        .computeIfAbsent(setting, s -> new ArrayList<>())
        .add(block);
  }

  private List<byte[]> files(Photos.Size size) throws IOException {
    List<byte[]> files = new ArrayList<>();
    try (Stream<Path> all = Files.list(contenders.photos)) {
      for (Path file : all.sorted().toList()) {
        files.add(size.of(Files.readAllBytes(file)));
      }
    }
    return files;
  }

  private void print(List<Service> services, Map<String, Resources> most) {
    System.out.println(
        "\n| photos | clients | | answers/s | ours to it, by round | p50, ms | p99, ms | fewest to most answers of a client | failed |");
    System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
    for (Photos.Size size : sizes) {
      for (int count : clients) {
        Setting setting = new Setting(size, count);
        blocks.keySet().forEach(name -> row(name, setting));
      }
    }
    System.out.println("\n| | ready after, s | most resident, MB | shared pages once, MB |");
    System.out.println("| --- | --- | --- | --- |");
    for (Service service : services) {
      Resources resources = most.get(service.name());
      if (resources != null) {
        System.out.printf(
            "| %s | %.1f | %.0f | %.0f |%n",
            service.name(),
            service.readySeconds(),
            resources.residentMegabytes(),
            resources.sharedOnceMegabytes());
      }
    }
  }

  private List<Block> blocks(String name, Setting setting) {
    return blocks.getOrDefault(name, Map.of()).getOrDefault(setting, List.of());
  }

  private void row(String name, Setting setting) {
    List<Block> all = blocks(name, setting);
    List<Block> ours = blocks("ours", setting);
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < all.size(); round++) {
      ratios.add(ours.get(round).perSecond() / all.get(round).perSecond());
    }
    System.out.printf(
        "| %s | %d | %s | %s | %s | %s | %s | %s | %d |%n",
        setting.size().title(),
        setting.clients(),
        name,
        Spread.of(all.stream().map(Block::perSecond).toList()).text(1),
        name.equals("ours") ? "" : Spread.of(ratios).text(2),
        Spread.of(all.stream().map(Block::p50).toList()).text(0),
        name.startsWith(FLOOR) ? "" : Spread.of(all.stream().map(Block::p99).toList()).text(0),
        name.startsWith(FLOOR) ? "" : Spread.of(all.stream().map(Block::fairness).toList()).text(2),
        all.stream().mapToInt(Block::failed).sum());
  }
}
