package app.mushroom.vision.photo;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Supplier;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * Exactly one reader for each format, chosen by name: what else is on the class path, and in which
 * order it registered, changes nothing.
 */
final class ImageReaders {
  private static final Map<PhotoFormat, ImageReaderSpi> READERS = new EnumMap<>(PhotoFormat.class);

  static {
    ImageIO.setUseCache(false); // or readers that wrap streams leave temporary files
    READERS.put(
        PhotoFormat.JPEG,
        registered("com.twelvemonkeys.imageio.plugins.jpeg", JPEGImageReaderSpi::new));
    READERS.put(
        PhotoFormat.WEBP,
        registered("com.twelvemonkeys.imageio.plugins.webp", WebPImageReaderSpi::new));
    READERS.put(
        PhotoFormat.TIFF,
        registered("com.twelvemonkeys.imageio.plugins.tiff.TIFF", TIFFImageReaderSpi::new));
    READERS.put(PhotoFormat.PNG, registered("com.sun.imageio.plugins.png", ImageReaders::absent));
    READERS.put(PhotoFormat.GIF, registered("com.sun.imageio.plugins.gif", ImageReaders::absent));
    READERS.put(PhotoFormat.BMP, registered("com.sun.imageio.plugins.bmp", ImageReaders::absent));
  }

  private ImageReaders() {}

  static ImageReader open(PhotoFormat format) throws IOException {
    ImageReaderSpi reader = READERS.get(format);
    if (reader == null) {
      throw new IllegalStateException("Expected a reader for " + format + ", found none.");
    }
    return reader.createReaderInstance();
  }

  private static ImageReaderSpi registered(String name, Supplier<ImageReaderSpi> otherwise) {
    IIORegistry registry = IIORegistry.getDefaultInstance();
    Iterator<ImageReaderSpi> found =
        registry.getServiceProviders(
            ImageReaderSpi.class, spi -> spi.getClass().getName().startsWith(name), false);
    if (found.hasNext()) {
      return found.next();
    }
    ImageReaderSpi reader = otherwise.get();
    registry.registerServiceProvider(reader, ImageReaderSpi.class);
    return reader;
  }

  private static ImageReaderSpi absent() {
    throw new IllegalStateException(
        "Expected the JDK's own PNG, GIF and BMP readers, found a Java runtime without them. Use one"
            + " that has the java.desktop module.");
  }
}
