package app.mushroom.vision.photo;

/**
 * How stored pixels are turned upright: EXIF's values 1 to 8, each a transposition (or not)
 * followed by mirroring.
 */
enum Orientation {
  UPRIGHT(false, false, false),
  MIRRORED(false, true, false),
  UPSIDE_DOWN(false, true, true),
  FLIPPED(false, false, true),
  TRANSPOSED(true, false, false),
  TURN_RIGHT(true, true, false),
  TRANSVERSED(true, true, true),
  TURN_LEFT(true, false, true);

  private static final int ORIENTATION_TAG = 0x0112;
  private static final int SHORT = 3;
  private static final int LONG = 4;

  private final boolean transposes;
  private final boolean mirrorsX;
  private final boolean mirrorsY;

  Orientation(boolean transposes, boolean mirrorsX, boolean mirrorsY) {
    this.transposes = transposes;
    this.mirrorsX = mirrorsX;
    this.mirrorsY = mirrorsY;
  }

  /** Whether width and height change places. */
  boolean transposes() {
    return transposes;
  }

  /** EXIF's 1 to 8; anything else is upright. */
  static Orientation ofExif(long value) {
    return value >= 1 && value <= 8 ? values()[(int) value - 1] : UPRIGHT;
  }

  /**
   * Reads the tag from an EXIF block (a TIFF header with its first directory). Looks at that one
   * directory only and at no more bytes than the block has; whatever is wrong with it means
   * upright.
   */
  static Orientation ofExifBlock(byte[] file, int start, int length) {
    int limit = start + length;
    if (start < 0 || length < 14 || limit > file.length) {
      return UPRIGHT;
    }
    if (PhotoFormat.startsWith(file, "Exif", start)) {
      return ofExifBlock(file, start + 6, length - 6);
    }
    boolean bigEndian = file[start] == 'M';
    if (!bigEndian && file[start] != 'I') {
      return UPRIGHT;
    }
    long directory = start + number(file, start + 4, 4, bigEndian);
    if (directory < start + 8 || directory + 2 > limit) {
      return UPRIGHT;
    }
    int entries = (int) number(file, (int) directory, 2, bigEndian);
    long at = directory + 2;
    for (int i = 0; i < entries && at + 12 <= limit; i++, at += 12) {
      if (number(file, (int) at, 2, bigEndian) == ORIENTATION_TAG) {
        long type = number(file, (int) at + 2, 2, bigEndian);
        return switch ((int) type) {
          case SHORT -> ofExif(number(file, (int) at + 8, 2, bigEndian));
          case LONG -> ofExif(number(file, (int) at + 8, 4, bigEndian));
          default -> UPRIGHT;
        };
      }
    }
    return UPRIGHT;
  }

  /** The pixels turned upright; the same object when they already are. */
  Pixels apply(Pixels stored) {
    if (this == UPRIGHT) {
      return stored;
    }
    int width = transposes ? stored.height() : stored.width();
    int height = transposes ? stored.width() : stored.height();
    byte[] from = stored.rgb();
    byte[] to = new byte[from.length];
    int stepX = 3 * (transposes ? stored.width() : 1);
    int stepY = 3 * (transposes ? 1 : stored.width());
    int out = 0;
    for (int y = 0; y < height; y++) {
      int in = (mirrorsY ? height - 1 - y : y) * stepY + (mirrorsX ? (width - 1) * stepX : 0);
      int step = mirrorsX ? -stepX : stepX;
      for (int x = 0; x < width; x++) {
        to[out] = from[in];
        to[out + 1] = from[in + 1];
        to[out + 2] = from[in + 2];
        out += 3;
        in += step;
      }
    }
    return new Pixels(width, height, to);
  }

  private static long number(byte[] file, int at, int bytes, boolean bigEndian) {
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      long next = file[at + i] & 0xFF;
      number = bigEndian ? number << 8 | next : number | next << (8 * i);
    }
    return number;
  }
}
