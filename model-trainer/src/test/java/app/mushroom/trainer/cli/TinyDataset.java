package app.mushroom.trainer.cli;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.Sha256;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;

/** A dataset of drawn photos whose labels differ in colour, small enough to learn in seconds. */
public final class TinyDataset {

  public static final int PER_LABEL = 24;

  private static final Map<String, Color> LABELS =
      Map.of(
          "amanita_muscaria", new Color(200, 40, 30),
          "boletus_edulis", new Color(130, 90, 40),
          "lepista_nuda", new Color(120, 60, 160),
          "not_mushroom", new Color(60, 120, 220));

  private TinyDataset() {}

  public static void write(Path store) throws Exception {
    try (ObjectStore objects = ObjectStores.open(store.toString())) {
      DatasetRepository repository = new DatasetRepository(objects);
      List<DatasetPhoto> photos = new ArrayList<>();
      for (String label : LABELS.keySet().stream().sorted().toList()) {
        for (int i = 0; i < PER_LABEL; i++) {
          byte[] jpeg = jpeg(LABELS.get(label), label.hashCode() + i);
          String sha256 = Sha256.of(jpeg);
          repository.putImage("tiny", sha256, jpeg);
          boolean mushroom = !label.equals("not_mushroom");
          photos.add(
              new DatasetPhoto(
                  sha256,
                  label,
                  mushroom ? LabelRank.SPECIES : LabelRank.NONE,
                  mushroom ? label : null,
                  mushroom ? label.substring(0, label.indexOf('_')) : null,
                  i % 4 == 0 ? Split.VAL : i % 4 == 1 ? Split.TEST : Split.TRAIN,
                  sha256.substring(0, 10),
                  null,
                  40,
                  36,
                  jpeg.length,
                  "drawn",
                  null,
                  "CC0-1.0",
                  null));
        }
      }
      repository.publish("tiny", photos, Map.of(), Instant.parse("2026-01-01T00:00:00Z"));
    }
  }

  private static byte[] jpeg(Color colour, long seed) throws Exception {
    Random random = new Random(seed);
    BufferedImage image = new BufferedImage(40, 36, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setColor(new Color(random.nextInt(90), random.nextInt(90), random.nextInt(90)));
    g.fillRect(0, 0, 40, 36);
    g.setColor(colour);
    g.fillOval(random.nextInt(8), random.nextInt(8), 30, 28);
    g.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", out);
    return out.toByteArray();
  }
}
