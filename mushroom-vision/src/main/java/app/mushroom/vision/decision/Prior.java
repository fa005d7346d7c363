package app.mushroom.vision.decision;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * When and where finds of each label were made: {@code prior.json} of a model bundle. It holds
 * counts, so that anyone can see what an answer leans on; {@link PriorWeights} has the method.
 *
 * @param smoothing finds of the whole dataset that are mixed into those of each label, above 0
 * @param cap largest factor by which a label's probability is multiplied, 1..{@value #LARGEST_CAP};
 *     the smallest is its inverse
 * @param season null where too few finds have a date
 * @param place null where too few finds have a place
 */
public record Prior(double smoothing, double cap, @Nullable Season season, @Nullable Place place) {
  /** No prior may weigh more. */
  public static final double LARGEST_CAP = 5;

  static final int MONTHS = 12;
  private static final int MAX_SMOOTHING = 1_000_000;

  /**
   * Finds by month.
   *
   * @param strength exponent of the factors, 0..1; chosen on val
   * @param northern share of the finds made in the northern hemisphere, 0..1
   * @param finds for each label twelve counts, January first, southern finds moved by half a year
   */
  public record Season(double strength, double northern, Map<String, List<Integer>> finds) {
    public Season {
      Calibration.requireRatio("season.strength", strength);
      Calibration.requireRatio("season.northern", northern);
      Map<String, List<Integer>> copy = new TreeMap<>();
      ModelJson.require("season.finds", finds)
          .forEach((label, counts) -> copy.put(label, months(label, counts)));
      finds = copy;
    }

    private static List<Integer> months(String label, List<Integer> counts) {
      if (counts == null || counts.size() != MONTHS) {
        throw new IllegalArgumentException(
            "expected twelve counts in season.finds." + label + ", found " + counts);
      }
      counts.forEach(count -> requireCount("season.finds." + label, count));
      return List.copyOf(counts);
    }
  }

  /**
   * Finds by cell.
   *
   * @param strength exponent of the factors, 0..1; chosen on val
   * @param finds for each label its cells and their counts
   */
  public record Place(double strength, Map<String, Map<Cell, Integer>> finds) {
    public Place {
      Calibration.requireRatio("place.strength", strength);
      Map<String, Map<Cell, Integer>> copy = new TreeMap<>();
      ModelJson.require("place.finds", finds)
          .forEach(
              (label, cells) -> {
                ModelJson.require("place.finds." + label, cells)
                    .values()
                    .forEach(count -> requireCount("place.finds." + label, count));
                copy.put(label, Map.copyOf(cells));
              });
      finds = copy;
    }
  }

  private record Document(
      int schemaVersion,
      double smoothing,
      double cap,
      @Nullable Season season,
      @Nullable Place place) {
    private Document {
      ModelJson.requireVersion(schemaVersion);
      new Prior(smoothing, cap, season, place);
    }
  }

  public Prior {
    if (!(smoothing > 0 && smoothing <= MAX_SMOOTHING)) {
      throw new IllegalArgumentException(
          "expected smoothing in (0, " + MAX_SMOOTHING + "], found " + smoothing);
    }
    if (!(cap >= 1 && cap <= LARGEST_CAP)) {
      throw new IllegalArgumentException("expected cap in 1.." + LARGEST_CAP + ", found " + cap);
    }
  }

  /**
   * @throws InvalidModelFileException if the file is not a valid {@code prior.json}
   */
  public static Prior read(Path file) throws IOException {
    return of(ModelJson.read(file, Document.class));
  }

  /**
   * @throws InvalidModelFileException if the content is not a valid {@code prior.json}
   */
  public static Prior read(InputStream json) throws IOException {
    return of(ModelJson.read(json, "prior.json", Document.class));
  }

  private static Prior of(Document document) {
    return new Prior(document.smoothing(), document.cap(), document.season(), document.place());
  }

  public byte[] toJson() {
    return ModelJson.compact(new Document(ModelJson.SCHEMA_VERSION, smoothing, cap, season, place));
  }

  private static void requireCount(String what, @Nullable Integer count) {
    if (count == null || count < 0) {
      throw new IllegalArgumentException(
          "expected counts of at least 0 in " + what + ", found " + count);
    }
  }
}
