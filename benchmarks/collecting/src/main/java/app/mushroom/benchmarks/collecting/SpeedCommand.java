package app.mushroom.benchmarks.collecting;

import app.mushroom.collector.cli.CollectorApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Whole searches against a server of this machine, each followed by img2dataset on the same photos.
 */
@Command(name = "speed")
final class SpeedCommand implements Callable<Integer> {
  private static final int MAX_SIDE = 1024;
  private static final List<String> LABELS =
      List.of(
          "amanita_muscaria",
          "amanita_phalloides",
          "boletus_edulis",
          "cantharellus_cibarius",
          "agaricus_campestris",
          "russula_emetica",
          "lactarius_deliciosus",
          "macrolepiota_procera",
          "imleria_badia",
          "galerina_marginata");

  @Option(
      names = "--originals",
      required = true,
      description = "folder of photographs in full size")
  private Path originals = Path.of(".");

  @Option(
      names = "--full-size",
      description = "serve nearly whole originals, not pieces at 1024 px")
  private boolean fullSize;

  @Option(names = "--count")
  private int count = 400;

  @Option(names = "--pairs")
  private int pairs = 5;

  @Option(names = "--img2dataset", description = "the program; without it the collector runs alone")
  private @Nullable Path img2dataset;

  @Option(names = "--work", description = "folder for photographs and results")
  private Path work = Path.of("target", "speed");

  private record Rates(double perMinute, double perCpuMinute) {
    private static Rates of(int photos, Timed run) {
      return new Rates(60 * photos / run.seconds(), 60 * photos / run.cpuSeconds());
    }
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<Path> photos =
        MadePhotos.make(
            originals,
            work.resolve(fullSize ? "full-size" : "side-" + MAX_SIDE),
            count,
            fullSize ? null : MAX_SIDE);
    try (StandIn web = new StandIn(LABELS, photos)) {
      // Programs and photos come from memory from here on.
      ours(web);
      Path theirs = img2dataset;
      if (theirs == null) {
        System.out.println("No --img2dataset was given: the collector runs alone.");
      } else {
        theirs(theirs, web);
      }
      List<Rates> our = new ArrayList<>();
      List<Rates> their = new ArrayList<>();
      for (int pair = 0; pair < pairs; pair++) {
        our.add(ours(web));
        if (theirs != null) {
          their.add(theirs(theirs, web));
        }
      }
      print(our, their);
    }
    return 0;
  }

  private Rates ours(StandIn web) throws IOException, InterruptedException {
    Path store = work.resolve("store");
    Folders.delete(store);
    List<String> arguments = new ArrayList<>(List.of("search", "--sources=inaturalist"));
    arguments.addAll(web.mirrors());
    arguments.add("--unlimited-mirrors");
    arguments.add("--contact=benchmarks@example.org");
    arguments.add("--labels=" + String.join(",", LABELS));
    arguments.add("--per-label=" + count);
    arguments.add("--store=" + store);
    Timed run =
        Timed.run(
            Timed.java(List.of("-Djava.awt.headless=true"), CollectorApplication.class, arguments));
    long stored = jpegs(store);
    if (stored < 0.9 * count) {
      throw new IOException(
          "Expected nearly all of %d photos to be taken, found %d:%n%s"
              .formatted(count, stored, run.output()));
    }
    System.err.printf(Locale.ROOT, "ours %.1f s, %d stored%n", run.seconds(), stored);
    return Rates.of(count, run);
  }

  /**
   * As many processes as processors, several threads each; stored as the collector does: the longer
   * side at most 1024 px, encoded anew at quality 95, in files.
   */
  private Rates theirs(Path program, StandIn web) throws IOException, InterruptedException {
    Path output = work.resolve("img2dataset");
    Folders.delete(output);
    Path list = work.resolve("addresses.txt");
    Files.write(list, web.addresses());
    int processes = Runtime.getRuntime().availableProcessors();
    Timed run =
        Timed.run(
            List.of(
                program.toString(),
                "--url_list=" + list,
                "--output_folder=" + output,
                "--input_format=txt",
                "--output_format=files",
                "--image_size=" + MAX_SIDE,
                "--resize_mode=keep_ratio_largest",
                "--resize_only_if_bigger=True",
                "--encode_format=jpg",
                "--encode_quality=95",
                "--processes_count=" + processes,
                "--thread_count=16",
                "--number_sample_per_shard=" + (count + 2 * processes - 1) / (2 * processes),
                "--enable_wandb=False"));
    long stored = jpegs(output);
    if (stored != count) {
      throw new IOException(
          "Expected %d photos of img2dataset, found %d:%n%s"
              .formatted(count, stored, run.output()));
    }
    System.err.printf(Locale.ROOT, "img2dataset %.1f s%n", run.seconds());
    return Rates.of(count, run);
  }

  private void print(List<Rates> our, List<Rates> their) {
    System.out.println(
        "| photos | pairs | ours, photos/min | img2dataset, photos/min | ratio | ratio by processor time |");
    System.out.println("| --- | --- | --- | --- | --- | --- |");
    List<Double> ratios = new ArrayList<>();
    List<Double> cpuRatios = new ArrayList<>();
    for (int pair = 0; pair < their.size(); pair++) {
      ratios.add(our.get(pair).perMinute() / their.get(pair).perMinute());
      cpuRatios.add(our.get(pair).perCpuMinute() / their.get(pair).perCpuMinute());
    }
    System.out.printf(
        "| %d %s | %d | %s | %s | %s | %s |%n",
        count,
        fullSize ? "in full size" : "at 1,024 px",
        pairs,
        Spread.of(our.stream().map(Rates::perMinute).toList()).text("%.0f"),
        their.isEmpty()
            ? "not run"
            : Spread.of(their.stream().map(Rates::perMinute).toList()).text("%.0f"),
        ratios.isEmpty() ? "" : Spread.of(ratios).text("%.2f"),
        cpuRatios.isEmpty() ? "" : Spread.of(cpuRatios).text("%.2f"));
  }

  private static long jpegs(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .map(file -> folder.relativize(file).toString())
          .filter(file -> file.endsWith(".jpg") && !file.startsWith("."))
          .count();
    }
  }
}
