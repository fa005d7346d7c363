package app.mushroom.storage.dataset;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What {@code dataset.json} says of a dataset version.
 *
 * @param schemaVersion 1
 * @param name of the dataset
 * @param version 1, 2, 3, …
 * @param created when it was published
 * @param parent the version before it, null for the first
 * @param manifestSha256 hash of {@code manifest.jsonl}
 * @param photos how many
 * @param labels label → photos
 * @param splits split, in lower case → photos
 * @param licences licence → photos
 * @param sources host of the source, or the source itself where it is no URL → photos; of licences
 *     and sources each the 500 most frequent of at most 100 characters, the rest under {@code
 *     other}
 * @param refused reason → photos that were left out
 * @param quality what is worth knowing before using it; null in cards of before it was looked at
 */
public record DatasetCard(
    int schemaVersion,
    String name,
    int version,
    Instant created,
    @Nullable Integer parent,
    String manifestSha256,
    int photos,
    Map<String, Integer> labels,
    Map<String, Integer> splits,
    Map<String, Integer> licences,
    Map<String, Integer> sources,
    Map<String, Integer> refused,
    @Nullable DatasetQuality quality) {

  public DatasetCard {
    Objects.requireNonNull(name, "dataset card without name");
    Objects.requireNonNull(created, "dataset card without created");
    Objects.requireNonNull(manifestSha256, "dataset card without manifestSha256");
    labels = sorted(labels);
    splits = sorted(splits);
    licences = sorted(licences);
    sources = sorted(sources);
    refused = sorted(refused);
  }

  private static Map<String, Integer> sorted(@Nullable Map<String, Integer> counts) {
    return counts == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(counts));
  }
}
