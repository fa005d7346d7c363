package app.mushroom.vision.photo;

/** Walks a file's structure: its size in pixels, its orientation, and that its end is there. */
interface Scanner {
  /**
   * @throws PhotoRejectedException TRUNCATED, CORRUPT or UNSUPPORTED_FORMAT
   */
  Outline scan(byte[] file) throws PhotoRejectedException;

  static Scanner of(PhotoFormat format) {
    return switch (format) {
      case JPEG -> new JpegScanner();
      case PNG -> new PngScanner();
      case WEBP -> new WebpScanner();
      case GIF -> new GifScanner();
      case BMP -> new BmpScanner();
      case TIFF -> new TiffScanner();
    };
  }
}
