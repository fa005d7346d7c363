package app.mushroom.benchmarks.collecting;

import app.mushroom.collector.fetch.Web;
import app.mushroom.collector.fetch.WebAnswer;
import app.mushroom.collector.photo.PhotoPreparation;
import app.mushroom.collector.quality.PhotoChecks;
import app.mushroom.collector.search.LabelOutcome;
import app.mushroom.collector.search.PhotoFetch;
import app.mushroom.collector.search.PhotoSearch;
import app.mushroom.collector.search.QualityInspector;
import app.mushroom.collector.search.SearchOptions;
import app.mushroom.collector.search.SearchRecords;
import app.mushroom.collector.source.AcceptedTaxon;
import app.mushroom.collector.source.Licence;
import app.mushroom.collector.source.OfferedPhoto;
import app.mushroom.collector.source.PhotoPage;
import app.mushroom.collector.source.Source;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.vision.photo.PhotoDecoder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One search for a label of many that were searched for before: all its old photos and 20 new. */
@Command(name = "records-search", hidden = true)
final class RecordsSearchCommand implements Callable<Integer> {
  private static final int NEW = 20;
  private static final int PER_PAGE = 200;
  private static final int SIDE = 512;
  private static final AcceptedTaxon TAXON =
      new AcceptedTaxon(SyntheticRecords.label(0), "Mushroom a", "species", null, List.of());

  @Option(names = "--records", required = true)
  private int records;

  @Option(names = "--latency", required = true)
  private int latency;

  @Option(names = "--store", required = true)
  private Path place = Path.of(".");

  @Override
  public Integer call() throws IOException, InterruptedException {
    long start = System.nanoTime();
    try (ObjectStore real = ObjectStores.open(place.toString());
        ObjectStore store =
            new PretendStore(real, SyntheticRecords.DATASET, 0, SyntheticRecords::sha256, latency);
        SearchRecords known = new SearchRecords(store, SyntheticRecords.DATASET)) {
      double seconds = (System.nanoTime() - start) / 1e9;
      Web web =
          request -> new WebAnswer(request.address(), 200, "image/jpeg", photo(request.address()));
      PhotoSearch search =
          new PhotoSearch(
              List.of(new Lists()),
              new PhotoFetch(
                  web,
                  new PhotoPreparation(new PhotoDecoder(), SIDE),
                  new QualityInspector(new PhotoChecks()),
                  2),
              licence -> true,
              new DatasetRepository(store),
              known,
              new SearchOptions(SyntheticRecords.DATASET, Integer.MAX_VALUE, 1000, 4, false),
              Clock.systemUTC());
      List<LabelOutcome> outcomes = search.run(List.of(TAXON), (label, has, wanted, refused) -> {});
      int taken = outcomes.get(0).taken();
      System.out.printf(
          Locale.ROOT,
          "%d taken%nfigures %.1f %.1f %.0f%n",
          taken,
          seconds,
          Memory.heap(),
          Memory.mostResident());
      // Also keeps what was measured from being cleared before.
      return outcomes.get(0).has() > taken || records < SyntheticRecords.LABELS ? 0 : 1;
    }
  }

  /** What is on record of this label, and after it photos that nobody has seen. */
  private final class Lists implements Source {
    @Override
    public String name() {
      return "inaturalist";
    }

    @Override
    public PhotoPage photos(AcceptedTaxon taxon, @Nullable String cursor) {
      int from = cursor == null ? 0 : Integer.parseInt(cursor);
      int all = records + NEW * SyntheticRecords.LABELS;
      List<OfferedPhoto> page = new ArrayList<>();
      int record = from;
      for (; record < all && page.size() < PER_PAGE; record += SyntheticRecords.LABELS) {
        // Photos of searches measured before lie behind those of now.
        int id = record < records ? record : record + (int) (System.nanoTime() >>> 20);
        page.add(
            new OfferedPhoto(
                name(),
                SyntheticRecords.id(id),
                URI.create(SyntheticRecords.address(id)),
                URI.create(SyntheticRecords.page(id)),
                SyntheticRecords.observation(id),
                "observer" + id % 5_000,
                new Licence("CC-BY-NC-4.0", "cc-by-nc"),
                null,
                taxon.name()));
      }
      return new PhotoPage(page, List.of(), record < all ? Integer.toString(record) : null);
    }
  }

  /** Smooth blots, different for every address. */
  private static byte[] photo(URI address) {
    Random random = new Random(address.hashCode());
    BufferedImage small = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64; i++) {
      small.setRGB(i % 8, i / 8, random.nextInt(1 << 24));
    }
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    var paint = image.createGraphics();
    paint.setRenderingHint(
        java.awt.RenderingHints.KEY_INTERPOLATION,
        java.awt.RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    paint.drawImage(small, 0, 0, SIDE, SIDE, null);
    paint.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "jpeg", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
