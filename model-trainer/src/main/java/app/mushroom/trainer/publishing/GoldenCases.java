package app.mushroom.trainer.publishing;

import app.mushroom.storage.JsonDocument;
import app.mushroom.trainer.dataset.Batch;
import app.mushroom.trainer.training.Outputs;
import app.mushroom.vision.Preprocessing;
import app.mushroom.vision.photo.Photo;
import app.mushroom.vision.photo.PhotoDecoder;
import app.mushroom.vision.photo.PhotoRejectedException;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import javax.imageio.ImageIO;

/**
 * {@code golden.json}: drawn pictures and what the network answers to them. A server that gets
 * other numbers decodes, resizes or computes differently, and must not serve.
 */
public final class GoldenCases {

  private static final int COUNT = 4;
  private static final double TOLERANCE = 1e-3;

  /** More would say nothing: servers refuse it as well. */
  private static final double LARGEST_TOLERANCE = 0.05;

  /** What a network answers to one photo. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Answer(float[] logits, float[] embedding) {}

  /** An encoded photo and what the network must answer to it. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Case(String name, String imageBase64, float[] logits, float[] embedding) {
    public Case {
      Objects.requireNonNull(name, "golden case without name");
      Objects.requireNonNull(imageBase64, "golden case without imageBase64");
      Objects.requireNonNull(logits, "golden case without logits");
      Objects.requireNonNull(embedding, "golden case without embedding");
    }
  }

  /**
   * @param tolerance largest difference of any output, above 0 and at most 0.05
   */
  public record Document(int schemaVersion, double tolerance, List<Case> cases) {
    public Document {
      cases = List.copyOf(Objects.requireNonNull(cases, "golden.json without cases"));
      if (cases.isEmpty() || !(tolerance > 0 && tolerance <= LARGEST_TOLERANCE)) {
        throw new IllegalArgumentException(
            "expected at least one case and a tolerance in (0, "
                + LARGEST_TOLERANCE
                + "], found "
                + cases.size()
                + " cases and "
                + tolerance);
      }
    }
  }

  private GoldenCases() {}

  /**
   * @throws IOException if the file is not as {@code docs/formats.md} describes it
   */
  public static Document read(Path file) throws IOException {
    return JsonDocument.read(Files.readAllBytes(file), Document.class, "golden.json");
  }

  /** A network, as far as golden inputs go. */
  @FunctionalInterface
  public interface Network {
    /** What it answers to a batch of one. */
    Outputs outputs(Batch batch) throws IOException;
  }

  /**
   * Asks a network all golden inputs, decoded and preprocessed anew.
   *
   * @param tolerance largest difference of any output
   * @throws IOException naming the first output that differs by more
   */
  public static void require(
      Document golden, Preprocessing preprocessing, double tolerance, Network network)
      throws IOException {
    PhotoDecoder decoder = new PhotoDecoder();
    for (Case each : golden.cases()) {
      float[] pixels;
      try {
        byte[] encoded = Base64.getDecoder().decode(each.imageBase64());
        pixels = preprocessing.toTensor(decoder.decode(encoded));
      } catch (PhotoRejectedException | IllegalArgumentException e) {
        throw new IOException(each.name() + " holds no readable photo: " + e.getMessage(), e);
      }
      Batch batch = new Batch(pixels, new float[0][], 1, preprocessing.size());
      Outputs found = network.outputs(batch);
      requireSame(each.name() + " logits", each.logits(), found.logits()[0], tolerance);
      requireSame(each.name() + " embedding", each.embedding(), found.embeddings()[0], tolerance);
    }
  }

  private static void requireSame(String what, float[] expected, float[] found, double tolerance)
      throws IOException {
    if (expected.length != found.length) {
      throw new IOException(
          "expected " + expected.length + " " + what + ", found " + found.length + ".");
    }
    for (int i = 0; i < expected.length; i++) {
      // Written so that NaN fails too.
      if (!(Math.abs(expected[i] - found[i]) <= tolerance)) {
        throw new IOException(
            "expected %s[%d] to be %s within %s, found %s."
                .formatted(what, i, expected[i], tolerance, found[i]));
      }
    }
  }

  static Document make(Function<Photo, Answer> network) throws IOException {
    PhotoDecoder decoder = new PhotoDecoder();
    List<Case> cases = new ArrayList<>();
    for (int i = 0; i < COUNT; i++) {
      byte[] encoded = drawing(i);
      try {
        Answer answer = network.apply(decoder.decode(encoded));
        String base64 = Base64.getEncoder().encodeToString(encoded);
        cases.add(new Case("drawing-" + i, base64, answer.logits(), answer.embedding()));
      } catch (PhotoRejectedException e) {
        throw new IOException("A golden picture could not be decoded: " + e.getMessage(), e);
      }
    }
    return new Document(1, TOLERANCE, cases);
  }

  /**
   * A cap and a stem on a ground of random strokes: PNG, so that every decoder agrees to the bit.
   */
  private static byte[] drawing(int seed) throws IOException {
    Random random = new Random(seed);
    int width = 160 + 40 * seed;
    int height = 240 - 20 * seed;
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
    g.setColor(new Color(40 + random.nextInt(60), 70 + random.nextInt(60), 30));
    g.fillRect(0, 0, width, height);
    for (int i = 0; i < 60; i++) {
      g.setColor(new Color(random.nextInt(0x1000000)));
      g.setStroke(new BasicStroke(1 + random.nextInt(4)));
      int x = random.nextInt(width);
      int y = random.nextInt(height);
      g.drawLine(x, y, x + random.nextInt(31) - 15, y - random.nextInt(40));
    }
    g.setColor(new Color(235, 225, 205));
    g.fillRect(width * 9 / 20, height * 2 / 5, width / 10, height / 2);
    g.setColor(new Color(120 + random.nextInt(130), 40 + random.nextInt(120), 30));
    g.fillArc(width / 5, height / 5, width * 3 / 5, height / 2, 0, 180);
    g.dispose();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }
}
