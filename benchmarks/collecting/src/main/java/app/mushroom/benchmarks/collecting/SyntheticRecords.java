package app.mushroom.benchmarks.collecting;

import app.mushroom.collector.records.RecordLog;
import app.mushroom.collector.search.PhotoRecord;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/**
 * Decisions about photos that nobody has fetched, such as iNaturalist would offer: 20 labels, two
 * photos to a find, three in ten refused. Record {@code n} is the same in every run.
 */
final class SyntheticRecords {
  static final String DATASET = "records";
  static final int LABELS = 20;

  private static final int LINES_PER_PART = 50;
  private static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");

  private SyntheticRecords() {}

  static String label(int record) {
    return "mushroom_" + (char) ('a' + record % LABELS);
  }

  static boolean isTaken(int record) {
    return record % 10 < 7;
  }

  static String sha256(int record) {
    return Sha256.of(("photo " + record).getBytes(StandardCharsets.UTF_8));
  }

  static String id(int record) {
    return Integer.toString(300_000_000 + record);
  }

  static String observation(int record) {
    return "inaturalist:" + (100_000_000 + record / (2 * LABELS) * LABELS + record % LABELS);
  }

  static String page(int record) {
    return "https://www.inaturalist.org/observations/" + observation(record).substring(12);
  }

  static String address(int record) {
    return "https://inaturalist-open-data.s3.amazonaws.com/photos/" + id(record) + "/large.jpg";
  }

  /** Adds the records of these numbers, as a search does. */
  static void write(ObjectStore store, int from, int to) throws IOException {
    try (RecordLog<PhotoRecord> log =
        new RecordLog<>(
            store,
            "datasets/" + DATASET + "/records/search/",
            PhotoRecord.class,
            LINES_PER_PART,
            record -> {})) {
      for (int record = from; record < to; record++) {
        log.add(record(record));
      }
    }
  }

  private static PhotoRecord record(int record) {
    String observer = "observer" + record % 5_000;
    return new PhotoRecord(
        label(record),
        "Mushroom " + (char) ('a' + record % LABELS),
        "species",
        "inaturalist",
        id(record),
        address(record),
        page(record),
        observation(record),
        observer,
        "CC-BY-NC-4.0",
        "cc-by-nc",
        "(c) " + observer + ", some rights reserved (CC BY-NC)",
        "Mushroom " + (char) ('a' + record % LABELS),
        AT.plusSeconds(record),
        isTaken(record)
            ? new PhotoRecord.Taken(
                sha256(record),
                Sha256.of(("source " + record).getBytes(StandardCharsets.UTF_8)),
                1024,
                768,
                250_000 + record % 1000,
                "%016x".formatted(new Random(record).nextLong()),
                List.of())
            : null,
        isTaken(record)
            ? null
            : new PhotoRecord.Refused(
                "too_small",
                "Expected a shorter side of at least 200 pixels, found 180 x %d. Use the original instead of a thumbnail."
                    .formatted(100 + record % 100),
                false));
  }
}
