package app.mushroom.vision.photo;

import app.mushroom.vision.photo.Outline.Inks;
import org.jspecify.annotations.Nullable;

/**
 * JPEG: segments up to the first scan, then the end marker. In scan data 0xFF is always followed by
 * a stuffed zero or a restart marker, so an end marker anywhere behind the first scan's header ends
 * this picture (or a later one of the same file, before which this one was complete).
 */
final class JpegScanner implements Scanner {
  private static final int SOF_BASELINE = 0xC0;
  private static final int SOF_PROGRESSIVE = 0xC2;
  private static final int SOF_LAST = 0xCF;
  private static final int DHT = 0xC4;
  private static final int JPG = 0xC8;
  private static final int DAC = 0xCC;
  private static final int RST0 = 0xD0;
  private static final int SOI = 0xD8;
  private static final int EOI = 0xD9;
  private static final int SOS = 0xDA;
  private static final int APP1 = 0xE1;
  private static final int APP2 = 0xE2;
  private static final int APP14 = 0xEE;
  private static final int ICC_HEADER = 14;
  private static final int TEM = 0x01;

  @Override
  public Outline scan(byte[] file) throws PhotoRejectedException {
    FileBytes bytes = new FileBytes(file, PhotoFormat.JPEG, true).skip(2);
    Frame frame = null;
    Orientation orientation = null;
    Inks fourColours = Inks.CMYK;
    boolean inOneScan = true;
    long lastByte = 0;
    while (true) {
      int marker = nextMarker(bytes);
      if (marker == EOI) {
        throw Refusals.corrupt(PhotoFormat.JPEG, "it ends before any picture data");
      }
      int length = bytes.u16() - 2;
      if (length < 0) {
        throw Refusals.corrupt(PhotoFormat.JPEG, "a segment of negative length");
      }
      FileBytes segment = bytes.slice(length);
      bytes.skip(length);
      if (marker == SOS) {
        requireEndAfter(file, bytes.position());
        requireLaterPictures(file, lastByte);
        inOneScan = frame != null && !frame.progressive && segment.u8() == frame.components;
        break;
      }
      if (isFrame(marker) && frame == null) {
        frame = frame(marker, segment);
      } else if (marker == APP1 && orientation == null) {
        orientation = exif(file, segment);
      } else if (marker == APP14 && isYcck(file, segment)) {
        fourColours = Inks.YCCK;
      } else if (marker == APP2 && PhotoFormat.startsWith(file, "MPF", segment.position())) {
        lastByte = Math.max(lastByte, MultiPicture.lastByte(file, segment));
      } else if (marker == APP2 && beginsProfile(file, segment)) {
        ColourProfile.requireLength(
            file,
            segment.position() + ICC_HEADER,
            segment.remaining() - ICC_HEADER,
            PhotoFormat.JPEG);
      }
    }
    if (frame == null) {
      throw Refusals.corrupt(PhotoFormat.JPEG, "picture data before its size");
    }
    return new Outline(
        frame.width,
        frame.height,
        orientation == null ? Orientation.UPRIGHT : orientation,
        frame.components == 4 ? fourColours : Inks.NONE,
        inOneScan ? 0 : frame.coefficientBytes);
  }

  /**
   * A picture's size.
   *
   * @param coefficientBytes that all its scans together leave for each pixel
   */
  private record Frame(
      int width, int height, int components, boolean progressive, int coefficientBytes) {}

  private static Frame frame(int marker, FileBytes segment) throws PhotoRejectedException {
    int precision = segment.u8();
    int height = segment.u16();
    int width = segment.u16();
    if (marker > SOF_PROGRESSIVE) {
      throw Refusals.unsupported("lossless or arithmetic-coded JPEG");
    }
    if (precision != 8) {
      throw Refusals.unsupported("JPEG of " + precision + " bits");
    }
    if (height == 0) {
      throw Refusals.unsupported("JPEG without a height");
    }
    int components = segment.u8();
    return new Frame(
        width,
        height,
        components,
        marker == SOF_PROGRESSIVE,
        coefficientBytes(segment, components));
  }

  /** Two bytes a coefficient; channels with fewer blocks than the finest have fewer of them. */
  private static int coefficientBytes(FileBytes segment, int components)
      throws PhotoRejectedException {
    int blocks = 0;
    int finest = 1;
    for (int i = 0; i < components; i++) {
      int sampling = segment.skip(1).u8();
      segment.skip(1);
      blocks += (sampling >> 4) * (sampling & 15);
      finest = Math.max(finest, (sampling >> 4) * (sampling & 15));
    }
    return (2 * blocks + finest - 1) / finest;
  }

  private static @Nullable Orientation exif(byte[] file, FileBytes segment) {
    int start = segment.position();
    return segment.remaining() > 6 && PhotoFormat.startsWith(file, "Exif", start)
        ? Orientation.ofExifBlock(file, start, segment.remaining())
        : null;
  }

  /** Adobe's segment says whether four colours are inks as such, or three of them as YCbCr. */
  private static boolean isYcck(byte[] file, FileBytes segment) {
    int start = segment.position();
    return segment.remaining() >= 12
        && PhotoFormat.startsWith(file, "Adobe", start)
        && file[start + 11] != 0;
  }

  /** Profiles come in numbered parts; only the first of them says how long the whole is. */
  private static boolean beginsProfile(byte[] file, FileBytes segment) {
    int start = segment.position();
    return segment.remaining() >= ICC_HEADER
        && PhotoFormat.startsWith(file, "ICC_PROFILE", start)
        && ((file[start + 12] & 0xFF) <= 1 || (file[start + 13] & 0xFF) <= 1);
  }

  private static boolean isFrame(int marker) {
    return marker >= SOF_BASELINE
        && marker <= SOF_LAST
        && marker != DHT
        && marker != JPG
        && marker != DAC;
  }

  /** The next marker that opens a segment; stray bytes between segments are passed over. */
  private static int nextMarker(FileBytes bytes) throws PhotoRejectedException {
    while (true) {
      int next = bytes.u8();
      if (next != 0xFF) {
        continue;
      }
      while (next == 0xFF) {
        next = bytes.u8();
      }
      if (next != 0 && next != TEM && (next < RST0 || next > SOI)) {
        return next;
      }
    }
  }

  /** Later pictures may be missing, if a program took them off; but none may be cut. */
  private static void requireLaterPictures(byte[] file, long lastByte)
      throws PhotoRejectedException {
    int end = file.length;
    while (file[end - 1] == 0) {
      end--;
    }
    boolean endsWithPicture = file[end - 2] == (byte) 0xFF && file[end - 1] == (byte) EOI;
    if (lastByte > file.length && !endsWithPicture) {
      throw Refusals.truncated(PhotoFormat.JPEG);
    }
  }

  private static void requireEndAfter(byte[] file, int start) throws PhotoRejectedException {
    for (int i = file.length - 2; i >= start; i--) {
      if (file[i] == (byte) 0xFF && file[i + 1] == (byte) EOI) {
        return;
      }
    }
    throw Refusals.truncated(PhotoFormat.JPEG);
  }
}
