package app.mushroom.trainer.report;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.Sha256;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import app.mushroom.storage.model.BundleManifest;
import app.mushroom.storage.model.DatasetReference;
import app.mushroom.storage.model.ImageInput;
import app.mushroom.trainer.dataset.PhotoSource;
import app.mushroom.trainer.evaluation.Bootstrap;
import app.mushroom.trainer.evaluation.Examination;
import app.mushroom.trainer.evaluation.LabelledOutputs;
import app.mushroom.trainer.evaluation.TrainingPhotos;
import app.mushroom.trainer.torchscript.ClassifierScript;
import app.mushroom.trainer.torchscript.TinyBackbone;
import app.mushroom.trainer.training.ActivationMaps;
import app.mushroom.vision.Preprocessing;
import app.mushroom.vision.decision.Calibration;
import app.mushroom.vision.decision.Label;
import app.mushroom.vision.decision.LabelSet;
import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.species.SpeciesCatalogue;
import app.mushroom.vision.species.Toxicity;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationReportTest {

  private static final String HOSTILE =
      "<script>alert(1)</script>\"'><img src=x onerror=y>\u202Egnp";
  private static final int NOT = LabelledOutputs.NOT_MUSHROOM;
  private static final int UNKNOWN = LabelledOutputs.UNKNOWN;

  private static final LabelSet LABELS =
      new LabelSet(
          List.of(
              new Label("aa_one", "species", "Aa one", "aa", Toxicity.NOT_KNOWN_POISONOUS),
              new Label("bb_bad", "species", HOSTILE, "bb", Toxicity.DEADLY)));

  private static final float[] SAYS_ONE = {6, 0};
  private static final float[] SAYS_BAD = {0, 6};

  @TempDir Path folder;

  private ObjectStore objects;
  private DatasetRepository datasets;
  private final List<DatasetPhoto> photos = new ArrayList<>();
  private final List<float[]> logits = new ArrayList<>();
  private final List<float[]> embeddings = new ArrayList<>();
  private final List<Integer> truth = new ArrayList<>();

  @BeforeEach
  void open() throws Exception {
    objects = ObjectStores.open(folder.resolve("store").toString());
    datasets = new DatasetRepository(objects);
  }

  @AfterEach
  void close() throws Exception {
    objects.close();
  }

  @Test
  void showsEveryKindOfMistakeAsPicturesWithHeatmaps() throws Exception {
    photo(1, SAYS_ONE, 3); // missed
    photo(0, SAYS_BAD, 3); // false alarm
    photo(0, SAYS_ONE, -3); // refused
    photo(0, SAYS_ONE, 3); // right: no picture
    photo(NOT, SAYS_ONE, 3); // let in
    photo(UNKNOWN, SAYS_ONE, 3); // named
    String page = page(null, part(Split.VAL, null));
    List<Photo> pictures = PageCheck.check(page);
    assertThat(pictures).as("three of the miss, two of the four others").hasSize(3 + 4 * 2);
    assertThat(pictures).allSatisfy(picture -> assertThat(picture.width()).isEqualTo(40));
    assertThat(page)
        .contains("1 of 1", "photographs of poisonous mushrooms got no warning")
        .contains("Species it was never taught", "nobody checked whether it learned")
        .contains("what spoke for Aa one");
  }

  @Test
  void escapesWhatComesFromOutside() throws Exception {
    photo(1, SAYS_ONE, 3);
    photo(UNKNOWN, SAYS_BAD, 3);
    String page = page(HOSTILE, part(Split.VAL, null));
    PageCheck.check(page);
    assertThat(page)
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&gt;&lt;img src&#x3D;x")
        .doesNotContain("<script>alert")
        .doesNotContain("<img src=x")
        .doesNotContain("\u202E");
  }

  @Test
  void tellsOfTwoSplitsOnOnePage() throws Exception {
    photo(1, SAYS_BAD, 3);
    photo(0, SAYS_ONE, 3);
    photo(NOT, SAYS_ONE, -3);
    TrainingPhotos training = new TrainingPhotos(Map.of("aa_one", 7), Set.of(), Set.of());
    String page = page(null, part(Split.TEST, training), part(Split.VAL, training));
    assertThat(PageCheck.check(page)).as("nothing went wrong").isEmpty();
    assertThat(page)
        .contains("id=\"test-poison\"", "id=\"val-poison\"", "The test split", "The val split")
        .contains("thresholds were chosen on it", "By photographs learned from")
        .doesNotContain("nobody checked");
  }

  @Test
  void warnsOfPhotosThatTheModelLearnedFrom() throws Exception {
    photo(0, SAYS_ONE, 3);
    photo(1, SAYS_BAD, 3);
    TrainingPhotos training =
        new TrainingPhotos(Map.of(), Set.of(photos.get(0).sha256()), Set.of());
    assertThat(page(null, part(Split.TRAIN, training)))
        .contains("the model learned from 1 of 2 of these photographs");
  }

  @Test
  void saysSoWhereThereIsNothingToSay() throws Exception {
    String page = page(null, part(Split.VAL, null));
    assertThat(PageCheck.check(page)).isEmpty();
    assertThat(page)
        .contains("There is no photograph of a poisonous mushroom in this split")
        .contains("Nothing can be said");
  }

  @Test
  void neverCallsAMushroomHarmless() throws Exception {
    photo(1, SAYS_ONE, 3);
    photo(0, SAYS_ONE, 3);
    assertThat(page(null, part(Split.VAL, null)))
        .doesNotContainIgnoringCase("edible")
        .doesNotContainIgnoringCase("safe to")
        .doesNotContainIgnoringCase("harmless");
  }

  private void photo(int label, float[] says, float gate) throws Exception {
    byte[] jpeg = jpeg(photos.size());
    String sha256 = Sha256.of(jpeg);
    datasets.putImage("tiny", sha256, jpeg);
    photos.add(
        new DatasetPhoto(
            sha256,
            label == NOT ? "not_mushroom" : label == UNKNOWN ? "zz_top" : LABELS.get(label).label(),
            label == NOT ? LabelRank.NONE : LabelRank.SPECIES,
            label == NOT ? null : HOSTILE,
            label == NOT ? null : "zz",
            Split.VAL,
            sha256.substring(0, 16),
            HOSTILE,
            40,
            30,
            jpeg.length,
            "https://example.org/" + HOSTILE,
            null,
            HOSTILE,
            HOSTILE));
    logits.add(says);
    embeddings.add(new float[] {gate});
    truth.add(label);
  }

  private static byte[] jpeg(int seed) throws Exception {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    image.setRGB(seed, seed, 0xFFFFFF);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", out);
    return out.toByteArray();
  }

  private Part part(Split split, @Nullable TrainingPhotos training) {
    Examination examination =
        Examination.of(
            LABELS,
            new Calibration(
                1,
                new Calibration.Gate(new double[] {1}, 0, 0.5),
                new Calibration.Answer(0.5, 0.4),
                new Calibration.Poison(0.2, 0.1, 100),
                new Calibration.Bands(0.93, 0.5)),
            SpeciesCatalogue.load(),
            photos,
            new LabelledOutputs(
                logits.toArray(float[][]::new),
                embeddings.toArray(float[][]::new),
                truth.stream().mapToInt(Integer::intValue).toArray()));
    return new Part(split, examination, examination.details(training, new Bootstrap(20, 1)));
  }

  /** The page by a network that has nothing to do with the answers but its number of labels. */
  private String page(@Nullable String model, Part... parts) throws Exception {
    Path network = folder.resolve("network.pt");
    Path backbone = TinyBackbone.write(folder.resolve("backbone.pt"));
    float[] weight = new float[2 * TinyBackbone.DIMENSIONS];
    java.util.Arrays.fill(weight, 0.1f);
    ClassifierScript.write(backbone, network, weight, new float[2], 0);
    try (ActivationMaps maps = new ActivationMaps(network)) {
      return new EvaluationReport(
              new Pictures(new PhotoSource(datasets, "tiny"), maps, Preprocessing.imagenet(16)))
          .page(provenance(model == null ? "mushrooms" : model), List.of(parts));
    }
  }

  private static Provenance provenance(String model) {
    DatasetReference dataset = new DatasetReference("tiny", 1, "0".repeat(64));
    return new Provenance(
        new BundleManifest(
            1,
            model,
            "1",
            "tiny",
            new ImageInput(16, 17, List.of(0.5, 0.5, 0.5), List.of(0.2, 0.2, 0.2)),
            List.of("logits", "embedding"),
            TinyBackbone.DIMENSIONS,
            dataset,
            "run",
            Instant.EPOCH,
            List.of()),
        dataset,
        "./mushroom evaluate",
        "development",
        Instant.EPOCH);
  }
}
