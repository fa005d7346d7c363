package app.mushroom.trainer.report;

import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.trainer.dataset.PhotoSource;
import app.mushroom.trainer.report.Section.Picture;
import app.mushroom.trainer.training.ActivationMaps;
import app.mushroom.vision.FeatureMap;
import app.mushroom.vision.Heat;
import app.mushroom.vision.Preprocessing;
import app.mushroom.vision.Resampling;
import app.mushroom.vision.photo.Photo;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Small pictures of photos, plain and with what the network saw in them. */
public final class Pictures {

  private static final int LONGEST_SIDE = 200;
  private static final float QUALITY = 0.72f;

  private final PhotoSource photos;
  private final ActivationMaps maps;
  private final Preprocessing preprocessing;

  /**
   * A label to look for.
   *
   * @param label its index in the logits
   * @param caption of the picture
   */
  record Sought(int label, String caption) {}

  public Pictures(PhotoSource photos, ActivationMaps maps, Preprocessing preprocessing) {
    this.photos = photos;
    this.maps = maps;
    this.preprocessing = preprocessing;
  }

  /**
   * The photo, and for each label where it spoke for that label, all on one scale; the photo alone
   * if the network does not give its feature map.
   */
  List<Picture> of(DatasetPhoto photo, String text, List<Sought> soughtLabels) throws IOException {
    Photo decoded = photos.read(photo);
    double shrink =
        Math.min(1, (double) LONGEST_SIDE / Math.max(decoded.width(), decoded.height()));
    int width = Math.max(1, (int) Math.round(decoded.width() * shrink));
    int height = Math.max(1, (int) Math.round(decoded.height() * shrink));
    float[] planes =
        Resampling.crop(decoded, 0, 0, decoded.width(), decoded.height(), width, height);
    List<Picture> pictures = new ArrayList<>();
    pictures.add(picture(plain(planes, width, height), text, "the photograph"));
    Optional<FeatureMap> found = maps.of(preprocessing.toTensor(decoded), preprocessing.size());
    if (found.isPresent()) {
      FeatureMap map = found.get();
      List<Heat> heats = soughtLabels.stream().map(sought -> map.heat(sought.label())).toList();
      float strongest = 1e-6f;
      for (Heat heat : heats) {
        strongest = Math.max(strongest, heat.largest());
      }
      for (int i = 0; i < heats.size(); i++) {
        BufferedImage image =
            HeatOverlay.over(planes, width, height, heats.get(i), strongest, preprocessing);
        String caption = soughtLabels.get(i).caption();
        pictures.add(picture(image, text + ", bright: " + caption, caption));
      }
    }
    return pictures;
  }

  private static BufferedImage plain(float[] planes, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int plane = width * height;
    for (int at = 0; at < plane; at++) {
      int rgb = 0;
      for (int channel = 0; channel < 3; channel++) {
        rgb = rgb << 8 | Math.max(0, Math.min(255, Math.round(planes[channel * plane + at])));
      }
      image.setRGB(at % width, at / width, rgb);
    }
    return image;
  }

  private static Picture picture(BufferedImage image, String text, String caption)
      throws IOException {
    String source = "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(jpeg(image));
    return new Picture(source, image.getWidth(), image.getHeight(), text, caption);
  }

  private static byte[] jpeg(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      ImageWriteParam settings = writer.getDefaultWriteParam();
      settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      settings.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), settings);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
