package app.mushroom.api.page;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** All screenshots of a tour on one picture: a row for each screen, small enough to keep. */
final class ContactSheet {

  private static final int GAP = 12;
  private static final int LABEL = 20;
  private static final int COLUMN = 280;
  private static final float QUALITY = .72f;

  private ContactSheet() {}

  /**
   * @param states a column each
   * @param screens a row each
   */
  static void write(Path screenshots, List<String> states, List<Screen> screens, Path to)
      throws IOException {
    BufferedImage[][] cells = new BufferedImage[screens.size()][states.size()];
    int width = GAP + states.size() * (COLUMN + GAP);
    int height = GAP;
    for (int row = 0; row < screens.size(); row++) {
      for (int column = 0; column < states.size(); column++) {
        String name = screens.get(row) + "-tour-" + states.get(column) + ".png";
        cells[row][column] = scaled(ImageIO.read(screenshots.resolve(name).toFile()));
      }
      height += cells[row][0].getHeight() + LABEL + GAP;
    }
    BufferedImage sheet = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = sheet.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    g.setColor(new Color(0x6b6459));
    g.fillRect(0, 0, width, height);
    g.setColor(Color.WHITE);
    g.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    int y = GAP;
    for (int row = 0; row < screens.size(); row++) {
      int x = GAP;
      for (int column = 0; column < states.size(); column++) {
        g.drawString(states.get(column), x, y + 14);
        g.drawImage(cells[row][column], x, y + LABEL, null);
        x += COLUMN + GAP;
      }
      y += cells[row][0].getHeight() + LABEL + GAP;
    }
    g.dispose();
    Path folder = to.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(Files.newOutputStream(to))) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(sheet, null, null), how);
    } finally {
      writer.dispose();
    }
  }

  private static BufferedImage scaled(BufferedImage image) {
    int height = Math.round((float) image.getHeight() * COLUMN / image.getWidth());
    BufferedImage small = new BufferedImage(COLUMN, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D g = small.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    g.drawImage(image, 0, 0, COLUMN, height, null);
    g.dispose();
    return small;
  }
}
