package app.mushroom.benchmarks.collecting;

import app.mushroom.collector.quality.PhotoCheck;
import app.mushroom.collector.quality.PhotoCheck.Passed;
import app.mushroom.collector.quality.PhotoCheck.Refused;
import app.mushroom.collector.quality.PhotoChecks;
import app.mushroom.collector.quality.ReviewFlag;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.photo.PhotoRejectedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How many photographs are refused or flagged, and which are flagged. */
@Command(name = "checks")
final class ChecksCommand implements Callable<Integer> {

  @Option(names = "--list", required = true)
  private Path list = Path.of("");

  @Option(names = "--min-side")
  private int minSide = PhotoChecks.DEFAULT_MIN_SIDE;

  @Override
  public Integer call() throws IOException, PhotoRejectedException {
    PhotoDecoder decoder = new PhotoDecoder();
    PhotoChecks checks = new PhotoChecks(minSide, PhotoChecks.DEFAULT_MAX_ASPECT);
    List<ListedPhoto> photos = ListedPhoto.read(list);
    Map<String, Integer> counts = new TreeMap<>();
    for (ListedPhoto photo : photos) {
      PhotoCheck check = checks.check(decoder.decode(photo.bytes(), 256));
      if (check instanceof Refused refused) {
        counts.merge(refused.reason().word(), 1, Integer::sum);
      } else if (check instanceof Passed passed) {
        for (ReviewFlag flag : passed.flags()) {
          counts.merge(flag.word(), 1, Integer::sum);
          System.out.println(flag.word() + " " + photo.file());
        }
      }
    }
    System.out.printf("%n| of %d photos | count |%n| --- | --- |%n", photos.size());
    counts.forEach((word, count) -> System.out.printf("| %s | %d |%n", word, count));
    return 0;
  }
}
