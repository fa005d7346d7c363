package app.mushroom.benchmarks.collecting;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Searches and freezes on top of more and more records, each in a program of its own with a fixed
 * heap, and the smallest heap in which they work on top of them all.
 */
@Command(name = "records")
final class RecordsCommand implements Callable<Integer> {
  private static final int[] HEAPS = {32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024};
  private static final Pattern FIGURES =
      Pattern.compile("(?m)^figures ([0-9.]+) ([0-9.]+) ([0-9.]+)$");

  @Option(names = "--records")
  private int records = 100_000;

  @Option(names = "--heap", description = "megabytes that each program gets")
  private int heap = 512;

  @Option(names = "--latency", description = "milliseconds to open an object, as in a bucket")
  private int latency;

  @Option(names = "--work", description = "folder for the records; a new one by default")
  private @Nullable Path given;

  @Override
  public Integer call() throws IOException, InterruptedException {
    System.out.println(
        "| records | what | heap given, MB | seconds | heap in use, MB | most resident, MB |");
    System.out.println("| --- | --- | --- | --- | --- | --- |");
    Path work = given == null ? Files.createTempDirectory("records") : given;
    try {
      measure(work);
    } finally {
      if (given == null) {
        Folders.delete(work);
      }
    }
    return 0;
  }

  private void measure(Path work) throws IOException, InterruptedException {
    int written = 0;
    for (int point : List.of(records / 10, records / 2, records)) {
      try (ObjectStore store = ObjectStores.open(work.toString())) {
        SyntheticRecords.write(store, written, point);
      }
      written = point;
      for (String what : List.of("search", "freeze")) {
        System.out.println(measure(what, point, heap, work));
      }
    }
    for (String what : List.of("search", "freeze")) {
      System.out.println(smallest(what, work));
    }
  }

  private String smallest(String what, Path work) throws InterruptedException {
    for (int megabytes : HEAPS) {
      try {
        return measure(what, records, megabytes, work);
      } catch (IOException e) {
        System.err.println(what + " does not work with " + megabytes + " MB");
      }
    }
    return "| %,d | %s | no heap up to 1,024 MB was enough | | | |".formatted(records, what);
  }

  private String measure(String what, int point, int megabytes, Path work)
      throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("records-" + what));
    arguments.add("--records=" + point);
    arguments.add("--latency=" + latency);
    arguments.add("--store=" + work);
    Timed run =
        Timed.run(
            Timed.java(
                List.of("-Xmx" + megabytes + "m", "-XX:+ExitOnOutOfMemoryError"),
                CollectingBenchmark.class,
                arguments));
    Matcher figures = FIGURES.matcher(run.output());
    if (!figures.find()) {
      throw new IOException("Expected figures, found:\n" + run.output());
    }
    return String.format(
        Locale.ROOT,
        "| %,d | %s | %d | %s | %s | %s |",
        point,
        what,
        megabytes,
        figures.group(1),
        figures.group(2),
        figures.group(3));
  }
}
