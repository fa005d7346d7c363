package app.mushroom.vision.photo;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;

/** Small picture files made for tests. */
final class Pictures {
  private Pictures() {}

  /** Red top left, green top right, blue bottom left, white bottom right. */
  static BufferedImage quarters(int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean left = x < width / 2;
        int colour = y < height / 2 ? left ? 0xFF0000 : 0x00FF00 : left ? 0x0000FF : 0xFFFFFF;
        image.setRGB(x, y, colour);
      }
    }
    return image;
  }

  /** Soft shapes with some noise, like a photo; widths that fill no block. */
  static BufferedImage scene(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    Random random = new Random(5);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int noise = random.nextInt(24);
        int red = (int) (110 + 100 * Math.sin(x / 23.0)) + noise;
        int green = (int) (110 + 100 * Math.cos(y / 17.0)) + noise;
        int blue = (int) (110 + 100 * Math.sin((x + y) / 41.0)) + noise;
        image.setRGB(x, y, red << 16 | green << 8 | blue);
      }
    }
    return image;
  }

  static byte[] encode(BufferedImage image, String format) {
    try (ByteArrayOutputStream out = new ByteArrayOutputStream()) {
      if (!ImageIO.write(image, format, out)) {
        throw new IllegalArgumentException("no writer for " + format);
      }
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An EXIF block whose first directory holds the orientation and nothing else. */
  static byte[] exif(int orientation) {
    return ByteBuffer.allocate(26)
        .put("MM".getBytes(StandardCharsets.US_ASCII))
        .putShort((short) 42)
        .putInt(8)
        .putShort((short) 1)
        .putShort((short) 0x0112)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) orientation)
        .putShort((short) 0)
        .putInt(0)
        .array();
  }

  static byte[] jpegWithExif(byte[] jpeg, byte[] exif) {
    return ByteBuffer.allocate(jpeg.length + exif.length + 10)
        .put(jpeg, 0, 2)
        .putShort((short) 0xFFE1)
        .putShort((short) (exif.length + 8))
        .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
        .put(exif)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
  }

  /** Inserts a chunk behind IHDR. */
  static byte[] pngWithChunk(byte[] png, String type, byte[] content) {
    int head = 8 + 25;
    byte[] chunk = chunk(type, content);
    return ByteBuffer.allocate(png.length + chunk.length)
        .put(png, 0, head)
        .put(chunk)
        .put(png, head, png.length - head)
        .array();
  }

  /** A PNG of any size and sample layout, all samples of the given bytes repeated. */
  static byte[] png(int width, int height, int bits, int colourType, byte... pixel) {
    Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    byte[] row = new byte[1 + width * pixel.length];
    for (int i = 1; i < row.length; i++) {
      row[i] = pixel[(i - 1) % pixel.length];
    }
    byte[] buffer = new byte[8192];
    for (int y = 0; y < height; y++) {
      deflater.setInput(row);
      if (y == height - 1) {
        deflater.finish();
      }
      for (int n = deflater.deflate(buffer); n > 0; n = deflater.deflate(buffer)) {
        data.write(buffer, 0, n);
      }
    }
    deflater.end();
    byte[] header =
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put((byte) bits)
            .put((byte) colourType)
            .array();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
    png.writeBytes(chunk("IHDR", header));
    png.writeBytes(chunk("IDAT", data.toByteArray()));
    png.writeBytes(chunk("IEND", new byte[0]));
    return png.toByteArray();
  }

  static byte[] chunk(String type, byte[] content) {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(content);
    return ByteBuffer.allocate(12 + content.length)
        .putInt(content.length)
        .put(name)
        .put(content)
        .putInt((int) crc.getValue())
        .array();
  }

  /** A mid-grey JPEG of any size; two bits a block. */
  static byte[] greyJpeg(int width, int height) {
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    jpeg.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xDB, 0, 67, 0});
    byte[] steps = new byte[64];
    java.util.Arrays.fill(steps, (byte) 1);
    jpeg.writeBytes(steps);
    jpeg.writeBytes(
        ByteBuffer.allocate(13)
            .putShort((short) 0xFFC0)
            .putShort((short) 11)
            .put((byte) 8)
            .putShort((short) height)
            .putShort((short) width)
            .put(new byte[] {1, 1, 0x11, 0})
            .array());
    for (int table : new int[] {0x00, 0x10}) {
      byte[] huffman = new byte[2 + 2 + 17 + 1];
      huffman[0] = (byte) 0xFF;
      huffman[1] = (byte) 0xC4;
      huffman[3] = 20;
      huffman[4] = (byte) table;
      huffman[5] = 1;
      jpeg.writeBytes(huffman);
    }
    jpeg.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xDA, 0, 8, 1, 1, 0, 0, 63, 0});
    long blocks = ((width + 7L) / 8) * ((height + 7L) / 8);
    jpeg.writeBytes(new byte[(int) ((2 * blocks + 7) / 8)]);
    jpeg.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD9});
    return jpeg.toByteArray();
  }
}
