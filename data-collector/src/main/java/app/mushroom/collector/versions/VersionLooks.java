package app.mushroom.collector.versions;

import app.mushroom.collector.dataset.QualityFindings;
import app.mushroom.collector.quality.NearDuplicates;
import app.mushroom.collector.quality.NearPair;
import app.mushroom.collector.quality.PerceptualHash;
import app.mushroom.collector.quality.PhotoCheck;
import app.mushroom.collector.quality.PhotoChecks;
import app.mushroom.collector.quality.ReviewFlag;
import app.mushroom.storage.CorruptObjectException;
import app.mushroom.storage.ObjectNotFoundException;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRejectedException;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.photo.PhotoRejectedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * Looks at every image of a version that is already there. Images that are damaged are passed by.
 */
public final class VersionLooks {
  /** Flags and hashes look at no more. */
  private static final int LONGEST_SIDE = 512;

  private final DatasetRepository datasets;
  private final PhotoDecoder decoder = new PhotoDecoder();
  private final PhotoChecks checks = new PhotoChecks(1, Double.MAX_VALUE);

  public VersionLooks(DatasetRepository datasets) {
    this.datasets = datasets;
  }

  /**
   * @param progress told how many images are done
   * @return what is alike and what to look at; what was left out of the version is not in it
   * @throws IOException if the store fails
   */
  public QualityFindings findings(DatasetVersion version, IntConsumer progress) throws IOException {
    NearDuplicates seen = new NearDuplicates();
    List<NearPair> pairs = new ArrayList<>();
    Map<String, List<String>> review = new HashMap<>();
    int done = 0;
    for (DatasetPhoto photo : version.photos()) {
      Optional<Photo> picture = picture(version.card().name(), photo.sha256());
      pairs.addAll(seen.add(picture.flatMap(PerceptualHash::of)));
      List<String> words = picture.map(this::words).orElse(List.of());
      if (!words.isEmpty()) {
        review.put(photo.sha256(), words);
      }
      progress.accept(++done);
    }
    List<String> hashes = version.photos().stream().map(DatasetPhoto::sha256).toList();
    QualityFindings alike = Likeness.findings(hashes, pairs, List.of(), Set.of());
    return new QualityFindings(alike.nearDuplicates(), List.of(), review, Map.of());
  }

  private Optional<Photo> picture(String dataset, String sha256) throws IOException {
    try {
      return Optional.of(decoder.decode(datasets.image(dataset, sha256), LONGEST_SIDE));
    } catch (ObjectNotFoundException
        | CorruptObjectException
        | DatasetRejectedException
        | PhotoRejectedException e) {
      // The report says so, and mushroom collect verify.
      return Optional.empty();
    }
  }

  private List<String> words(Photo photo) {
    return checks.check(photo) instanceof PhotoCheck.Passed passed
        ? passed.flags().stream().map(ReviewFlag::word).sorted().toList()
        : List.of();
  }
}
