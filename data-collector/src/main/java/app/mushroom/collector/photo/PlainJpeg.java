package app.mushroom.collector.photo;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.w3c.dom.NodeList;

/**
 * Writes baseline JPEG from pixels alone, so that nothing of the file they came from can survive:
 * no EXIF, XMP, IPTC, comment, colour profile or thumbnail. Colour is kept at full resolution
 * (4:4:4). The same pixels give the same bytes.
 */
final class PlainJpeg {
  private static final String JDK_WRITER = "com.sun.imageio.plugins.jpeg.JPEGImageWriter";
  private static final String JPEG_METADATA = "javax_imageio_jpeg_image_1.0";

  private PlainJpeg() {}

  /**
   * Encodes interleaved 8-bit sRGB.
   *
   * @param rgb {@code 3 * width * height} bytes
   * @param quality above 0, at most 1
   */
  static byte[] encode(byte[] rgb, int width, int height, float quality) {
    BufferedImage image = image(rgb, width, height);
    ImageWriter writer = jdkWriter();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(rgb.length / 4 + 1024);
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionQuality(quality);
      IIOMetadata metadata = fullColour(writer, image, parameters);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, metadata), parameters);
    } catch (IOException e) {
      throw new UncheckedIOException("Encoding into memory failed", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static BufferedImage image(byte[] rgb, int width, int height) {
    WritableRaster raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(rgb, rgb.length),
            width,
            height,
            3 * width,
            3,
            new int[] {0, 1, 2},
            null);
    ComponentColorModel colours =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_BYTE);
    return new BufferedImage(colours, raster, false, null);
  }

  /** The JDK's own encoder: other registered ones may add markers of their own. */
  private static ImageWriter jdkWriter() {
    for (Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("jpeg");
        writers.hasNext(); ) {
      ImageWriter writer = writers.next();
      if (writer.getClass().getName().equals(JDK_WRITER)) {
        return writer;
      }
      writer.dispose();
    }
    throw new IllegalStateException(
        "This Java runtime has no JPEG encoder; use one with the java.desktop module");
  }

  private static IIOMetadata fullColour(
      ImageWriter writer, BufferedImage image, ImageWriteParam parameters) throws IOException {
    IIOMetadata metadata =
        writer.getDefaultImageMetadata(new ImageTypeSpecifier(image), parameters);
    IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(JPEG_METADATA);
    NodeList components = root.getElementsByTagName("componentSpec");
    for (int i = 0; i < components.getLength(); i++) {
      IIOMetadataNode component = (IIOMetadataNode) components.item(i);
      component.setAttribute("HsamplingFactor", "1");
      component.setAttribute("VsamplingFactor", "1");
    }
    metadata.setFromTree(JPEG_METADATA, root);
    return metadata;
  }
}
