package app.mushroom.vision.photo;

import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.mushroom.vision.photo.PhotoRejectedException.Reason;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhotoDecoderTest {
  private static final int RED = 0xFF0000;
  private static final int GREEN = 0x00FF00;
  private static final int BLUE = 0x0000FF;
  private static final int WHITE = 0xFFFFFF;

  private final PhotoDecoder decoder = new PhotoDecoder();

  @Test
  void refusesAnEmptyFile() {
    assertRefused(new byte[0], Reason.EMPTY, "empty file");
  }

  @Test
  void refusesAFileOneByteOverTheLimit() {
    byte[] png = Pictures.encode(Pictures.quarters(16, 16), "png");
    assertThat(accepted(Arrays.copyOf(png, (int) PhotoDecoder.MAX_BYTES))).isTrue();
    assertRefused(
        Arrays.copyOf(png, (int) PhotoDecoder.MAX_BYTES + 1), Reason.TOO_LARGE, "at most 20 MB");
  }

  @ParameterizedTest
  @CsvSource({"16,16,true", "15,16,false", "16,15,false", "16,400,true"})
  void wantsBothSidesToBeSixteenPixels(int width, int height, boolean accepted) {
    assertThat(accepted(Pictures.png(width, height, 8, 0, (byte) 9))).isEqualTo(accepted);
  }

  @Test
  void refusesMoreThanFiftyMegapixelsWithoutDecoding() {
    assertRefused(Pictures.greyJpeg(7100, 7100), Reason.TOO_MANY_PIXELS, "7100 x 7100");
    assertRefused(Pictures.png(7100, 7100, 1, 0, (byte) 0), Reason.TOO_MANY_PIXELS, "50 mega");
  }

  /** Not a byte of picture behind a header of 25500 x 25500 pixels. */
  @Test
  void refusesAHugeClaimInATinyFile() {
    byte[] whole = Pictures.greyJpeg(16, 16);
    byte[] file = whole.clone();
    for (int i = 0; i < 4; i++) {
      file[71 + 5 + i] = (byte) (i % 2 == 0 ? 25_500 >> 8 : 25_500 & 0xFF);
    }
    assertThat(file).hasSizeLessThan(200);
    assertRefused(file, Reason.TOO_MANY_PIXELS, "25500 x 25500");
  }

  @Test
  void refusesMoreThanTwentyFiveMegapixelsWhereTheyMustBeHeldAtOnce() {
    ByteBuffer webp = ByteBuffer.allocate(30).order(LITTLE_ENDIAN);
    webp.put("RIFF".getBytes()).putInt(22).put("WEBPVP8L".getBytes()).putInt(10).put((byte) 0x2F);
    webp.putInt(16_382 | 2_999 << 14);
    assertRefused(webp.array(), Reason.TOO_MANY_PIXELS, "at most 25 mega");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png"})
  void readsFortyNineMegapixelsInLittleMemory(String format) throws PhotoRejectedException {
    byte[] file =
        format.equals("jpeg")
            ? Pictures.greyJpeg(7072, 7056)
            : Pictures.png(7072, 7056, 8, 2, (byte) 128, (byte) 128, (byte) 128);
    decoder.decode(file, 236);
    var thread = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = thread.getCurrentThreadAllocatedBytes();
    Photo photo = decoder.decode(file, 236);
    assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(64L << 20);
    assertThat(Math.min(photo.width(), photo.height())).isBetween(236, 4 * 236);
    assertThat(photo.rgb()).containsOnly((byte) 128);
    assertThat(photo.sourceWidth()).isEqualTo(7072);
    assertThat(photo.sourceHeight()).isEqualTo(7056);
  }

  @ParameterizedTest
  @CsvSource({"64,48,48", "64,48,47", "64,48,25", "64,48,24", "64,48,16", "65,49,16", "64,48,1"})
  void neverReducesBelowTheShortSideAskedFor(int width, int height, int minShortSide)
      throws PhotoRejectedException {
    for (String format : new String[] {"jpeg", "png", "gif", "bmp", "tiff"}) {
      byte[] file = Pictures.encode(Pictures.quarters(width, height), format);
      Photo photo = decoder.decode(file, minShortSide);
      assertThat(photo.height()).as(format).isBetween(minShortSide, height);
      assertThat((double) photo.width() / photo.height())
          .as(format)
          .isCloseTo((double) width / height, within(1.0 / photo.height() + 0.1));
      assertThat(photo.sourceHeight()).isEqualTo(height);
    }
  }

  @Test
  void refusesAMinimumOfNoPixels() {
    assertThatIllegalArgumentException().isThrownBy(() -> decoder.decode(new byte[1], 0));
  }

  @ParameterizedTest
  @EnumSource(names = {"JPEG", "PNG", "GIF", "BMP", "TIFF"})
  void readsEachFormatAlike(PhotoFormat format) throws PhotoRejectedException {
    Photo photo =
        decoder.decode(Pictures.encode(Pictures.quarters(40, 24), format.name().toLowerCase()));
    assertThat(photo.format()).isEqualTo(format);
    assertThat(photo.width()).isEqualTo(40);
    assertThat(photo.height()).isEqualTo(24);
    assertCorners(photo, RED, GREEN, BLUE, WHITE);
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"})
  void turnsPhotosUpright(int orientation) throws PhotoRejectedException {
    byte[] jpeg = Pictures.encode(Pictures.quarters(64, 32), "jpeg");
    byte[] png = Pictures.encode(Pictures.quarters(64, 32), "png");
    byte[] exif = Pictures.exif(orientation);
    int[] corners =
        switch (orientation) {
          case 2 -> new int[] {GREEN, RED, WHITE, BLUE};
          case 3 -> new int[] {WHITE, BLUE, GREEN, RED};
          case 4 -> new int[] {BLUE, WHITE, RED, GREEN};
          case 5 -> new int[] {RED, BLUE, GREEN, WHITE};
          case 6 -> new int[] {BLUE, RED, WHITE, GREEN};
          case 7 -> new int[] {WHITE, GREEN, BLUE, RED};
          case 8 -> new int[] {GREEN, WHITE, RED, BLUE};
          default -> new int[] {RED, GREEN, BLUE, WHITE};
        };
    for (byte[] file :
        new byte[][] {
          Pictures.jpegWithExif(jpeg, exif), Pictures.pngWithChunk(png, "eXIf", exif)
        }) {
      for (int minShortSide : new int[] {16, 32}) {
        Photo photo = decoder.decode(file, minShortSide);
        assertCorners(photo, corners);
        assertThat(photo.width() < photo.height()).isEqualTo(orientation >= 5 && orientation <= 8);
        assertThat(photo.sourceWidth()).isEqualTo(photo.width() < photo.height() ? 32 : 64);
      }
    }
  }

  @Test
  void paintsTransparentPixelsWhite() throws PhotoRejectedException {
    byte half = (byte) 0x80;
    assertPixel(Pictures.png(16, 16, 8, 6, (byte) 200, (byte) 0, (byte) 0, (byte) 0), WHITE);
    assertPixel(Pictures.png(16, 16, 8, 6, (byte) 200, (byte) 0, (byte) 0, half), 0xE37F7F);
    assertPixel(Pictures.png(16, 16, 8, 4, (byte) 0, half), 0x7F7F7F);
    BufferedImage palette =
        new BufferedImage(
            16,
            16,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(
                8, 2, new byte[] {0, 9}, new byte[] {0, 9}, new byte[] {0, 9}, /* clear */ 0));
    assertPixel(Pictures.encode(palette, "png"), WHITE);
    assertPixel(Pictures.encode(palette, "gif"), WHITE);
  }

  @Test
  void paintsTheTransparentColourOfAPngWhite() throws PhotoRejectedException {
    byte[] grey = Pictures.png(16, 16, 8, 0, (byte) 77);
    assertPixel(Pictures.pngWithChunk(grey, "tRNS", new byte[] {0, 77}), WHITE);
    assertPixel(Pictures.pngWithChunk(grey, "tRNS", new byte[] {0, 78}), 0x4D4D4D);
    byte[] colour = Pictures.png(16, 16, 8, 2, (byte) 1, (byte) 2, (byte) 3);
    assertPixel(Pictures.pngWithChunk(colour, "tRNS", new byte[] {0, 1, 0, 2, 0, 3}), WHITE);
  }

  @Test
  void scalesSixteenBitsAndLeavesGreyAsItIs() throws PhotoRejectedException {
    byte[] deep = {0x12, 0x34, (byte) 0xAB, (byte) 0xCD, (byte) 0xFF, (byte) 0xFF};
    assertPixel(Pictures.png(16, 16, 16, 2, deep), 0x12ABFF);
    assertPixel(Pictures.png(16, 16, 16, 0, (byte) 0x40, (byte) 0), 0x404040);
    assertPixel(Pictures.png(16, 16, 8, 0, (byte) 92), 0x5C5C5C);
    assertPixel(Pictures.greyJpeg(16, 16), 0x808080);
  }

  @ParameterizedTest
  @ValueSource(strings = {"jpeg", "png", "gif", "bmp"})
  void refusesPhotosWhoseEndIsMissing(String format) {
    byte[] file = Pictures.encode(Pictures.quarters(64, 48), format);
    for (int length = 1; length < file.length * 0.98; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      assertThat(accepted(cut)).as("%s cut to %d bytes", format, length).isFalse();
    }
    assertRefused(Arrays.copyOf(file, file.length / 2), Reason.TRUNCATED, "end is missing");
  }

  @Test
  void namesFormatsThatItKnowsButDoesNotRead() {
    assertRefused("\0\0\0\30ftypheic....".getBytes(), Reason.UNSUPPORTED_FORMAT, "HEIC");
    assertRefused("<svg/>".getBytes(), Reason.NOT_AN_IMAGE, "no picture");
    assertRefused("RIFF....WAVEfmt ".getBytes(), Reason.NOT_AN_IMAGE, "no picture");
  }

  @Test
  void refusesAPngWhosePixelsWereChanged() {
    byte[] png = Pictures.png(16, 16, 8, 0, (byte) 9);
    png[8 + 25 + 10] ^= 1;
    assertRefused(png, Reason.CORRUPT, "checksum");
  }

  private boolean accepted(byte[] file) {
    try {
      decoder.decode(file);
      return true;
    } catch (PhotoRejectedException e) {
      return false;
    }
  }

  private void assertRefused(byte[] file, Reason reason, String message) {
    PhotoRejectedException refusal =
        catchThrowableOfType(PhotoRejectedException.class, () -> decoder.decode(file));
    assertThat(refusal).isNotNull();
    assertThat(refusal.reason()).isEqualTo(reason);
    assertThat(refusal).hasMessageContaining(message);
  }

  private void assertPixel(byte[] file, int colour) throws PhotoRejectedException {
    Photo photo = decoder.decode(file);
    assertThat(Integer.toHexString(colour(photo, 8, 8))).isEqualTo(Integer.toHexString(colour));
  }

  private static void assertCorners(Photo photo, int... colours) {
    int right = photo.width() - 3;
    int bottom = photo.height() - 3;
    assertThat(
            new int[] {
              pure(photo, 2, 2),
              pure(photo, right, 2),
              pure(photo, 2, bottom),
              pure(photo, right, bottom)
            })
        .containsExactly(colours);
  }

  private static int colour(Photo photo, int x, int y) {
    int at = 3 * (y * photo.width() + x);
    byte[] rgb = photo.rgb();
    return (rgb[at] & 0xFF) << 16 | (rgb[at + 1] & 0xFF) << 8 | rgb[at + 2] & 0xFF;
  }

  /** The colour with each channel rounded to none or full, which forgives JPEG's noise. */
  private static int pure(Photo photo, int x, int y) {
    int colour = colour(photo, x, y);
    return (colour >> 16 & 0x80) / 0x80 * RED
        | (colour >> 8 & 0x80) / 0x80 * GREEN
        | (colour & 0x80) / 0x80 * BLUE;
  }

  private static org.assertj.core.data.Offset<Double> within(double offset) {
    return org.assertj.core.data.Offset.offset(offset);
  }
}
