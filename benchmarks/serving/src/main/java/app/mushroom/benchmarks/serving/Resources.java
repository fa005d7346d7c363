package app.mushroom.benchmarks.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process and its children hold, as Linux counts it.
 *
 * @param residentMegabytes RSS of all, in units of 1,000,000 bytes
 * @param sharedOnceMegabytes PSS of all: pages that several share are counted once
 * @param processorSeconds used so far
 */
record Resources(double residentMegabytes, double sharedOnceMegabytes, double processorSeconds) {

  static Resources of(ProcessHandle root) throws IOException {
    double resident = 0;
    double shared = 0;
    double seconds = 0;
    List<ProcessHandle> all = Stream.concat(Stream.of(root), root.descendants()).toList();
    for (ProcessHandle process : all) {
      Path proc = Path.of("/proc", String.valueOf(process.pid()));
      try {
        resident += megabytes(proc.resolve("smaps_rollup"), "Rss:");
        shared += megabytes(proc.resolve("smaps_rollup"), "Pss:");
      } catch (NoSuchFileException e) {
        continue; // gone meanwhile
      }
      seconds += process.info().totalCpuDuration().map(d -> d.toNanos() / 1e9).orElse(0.0);
    }
    return new Resources(resident, shared, seconds);
  }

  private static double megabytes(Path file, String field) throws IOException {
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith(field)) {
        return Long.parseLong(line.replaceAll("\\D+", "")) * 1024 / 1e6;
      }
    }
    throw new IOException("Expected a line '" + field + "' in " + file + ", found none.");
  }
}
