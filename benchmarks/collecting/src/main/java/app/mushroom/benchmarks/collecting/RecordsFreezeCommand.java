package app.mushroom.benchmarks.collecting;

import app.mushroom.collector.dataset.SplitShares;
import app.mushroom.collector.versions.Freeze;
import app.mushroom.collector.versions.Freeze.Frozen;
import app.mushroom.collector.versions.FreezeException;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.vision.species.SpeciesCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One freeze of all that is on record, and afterwards the version's removal. */
@Command(name = "records-freeze", hidden = true)
final class RecordsFreezeCommand implements Callable<Integer> {
  @Option(names = "--records", required = true)
  private int records;

  @Option(names = "--latency", required = true)
  private int latency;

  @Option(names = "--store", required = true)
  private Path place = Path.of(".");

  @Override
  public Integer call() throws IOException, FreezeException, InterruptedException {
    int[] taken = IntStream.range(0, records).filter(SyntheticRecords::isTaken).toArray();
    long start = System.nanoTime();
    try (ObjectStore real = ObjectStores.open(place.toString())) {
      ObjectStore store =
          new PretendStore(
              real,
              SyntheticRecords.DATASET,
              taken.length,
              image -> SyntheticRecords.sha256(taken[image]),
              latency);
      Frozen frozen =
          new Freeze(store, SpeciesCatalogue.load(), Clock.systemUTC())
              .run(SyntheticRecords.DATASET, SplitShares.parse("80/10/10"), false);
      DatasetVersion version = frozen.version();
      if (version == null || !frozen.isNew()) {
        throw new IOException("Expected a new version, found none.");
      }
      System.out.printf(
          Locale.ROOT,
          "%d photos, %d refused%nfigures %.1f %.1f %.0f%n",
          frozen.photos(),
          frozen.refusals().size(),
          (System.nanoTime() - start) / 1e9,
          Memory.heap(),
          Memory.mostResident());
      String folder =
          "datasets/%s/versions/%d/".formatted(SyntheticRecords.DATASET, version.card().version());
      store.delete(new ObjectKey(folder + "dataset.json"));
      store.delete(new ObjectKey(folder + "manifest.jsonl"));
      return 0;
    }
  }
}
