package app.mushroom.vision.photo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.mushroom.vision.photo.PhotoRejectedException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DecodingMemoryTest {
  private static final long MEGABYTE = 1 << 20;
  private static final byte GREY = (byte) 128;

  private final PhotoDecoder decoder = new PhotoDecoder(192 * MEGABYTE, 256 * MEGABYTE);

  @Test
  void wantsABudgetThatPhotosFitInto() {
    assertThatIllegalArgumentException().isThrownBy(() -> new PhotoDecoder(1, 2));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PhotoDecoder(200 * MEGABYTE, 100 * MEGABYTE));
  }

  @Test
  void whatPhonesMakeFits() throws PhotoRejectedException {
    assertThat(need(Pictures.greyJpeg(8064, 6048), 472)).isLessThan(16 * MEGABYTE);
    assertThat(need(Pictures.png(4032, 3024, 8, 2, GREY, GREY, GREY), 472))
        .isLessThan(16 * MEGABYTE);
    decoder.decode(Pictures.greyJpeg(8064, 6048), 472);
  }

  @Test
  void aLongThinPictureIsRefusedWhereItCannotBeReduced() {
    byte[] file = Pictures.png(900, 50_000, 16, 6, new byte[8]);
    PhotoRejectedException refusal =
        catchThrowableOfType(PhotoRejectedException.class, () -> decoder.decode(file, 472));
    assertThat(refusal.reason()).isEqualTo(Reason.OUT_OF_MEMORY);
    assertThat(refusal).hasMessageContaining("Send a smaller copy");
  }

  @Test
  void countsWhatTheReaderOfAProgressiveJpegHoldsOutsideTheHeap() throws PhotoRejectedException {
    assertThat(new JpegScanner().scan(Pictures.greyJpeg(64, 64)).heldPerPixel()).isZero();
    byte[] progressive = progressive(Pictures.greyJpeg(6000, 6000));
    assertThat(new JpegScanner().scan(progressive).heldPerPixel()).isEqualTo(2);
    assertThat(need(progressive, 472)).isGreaterThan(72_000_000);
  }

  /** 4:4:4, 50 megapixels, not a byte of picture: 300 MB of coefficients are never asked for. */
  @Test
  void refusesAProgressiveJpegOfManyFullChannels() {
    byte[] grey = progressive(Pictures.greyJpeg(7000, 7000));
    int frame = find(grey, 0xC2);
    byte[] file = new byte[grey.length + 6];
    int rest = frame + 13; // behind the one channel that it has
    System.arraycopy(grey, 0, file, 0, rest);
    System.arraycopy(grey, rest, file, rest + 6, grey.length - rest);
    System.arraycopy(new byte[] {2, 0x11, 0, 3, 0x11, 0}, 0, file, rest, 6);
    file[frame + 3] = 17;
    file[frame + 9] = 3;
    PhotoRejectedException refusal =
        catchThrowableOfType(PhotoRejectedException.class, () -> decoder.decode(file, 472));
    assertThat(refusal.reason()).isEqualTo(Reason.OUT_OF_MEMORY);
  }

  @Test
  void refusesAColourProfileThatClaimsMoreThanTheFileHolds() {
    byte[] jpeg = Pictures.encode(Pictures.quarters(64, 48), "jpeg");
    for (int claimed : new int[] {0x2000_0000, Integer.MIN_VALUE, jpeg.length + 1000}) {
      byte[] profile = new byte[128];
      java.nio.ByteBuffer.wrap(profile).putInt(claimed);
      byte[] file =
          java.nio.ByteBuffer.allocate(jpeg.length + 18 + profile.length)
              .put(jpeg, 0, 2)
              .putShort((short) 0xFFE2)
              .putShort((short) (16 + profile.length))
              .put("ICC_PROFILE\0\1\1".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1))
              .put(profile)
              .put(jpeg, 2, jpeg.length - 2)
              .array();
      PhotoRejectedException refusal =
          catchThrowableOfType(PhotoRejectedException.class, () -> decoder.decode(file, 472));
      assertThat(refusal.reason()).isEqualTo(Reason.CORRUPT);
      assertThat(refusal).hasMessageContaining("colour profile");
    }
  }

  @Test
  void largePhotosWaitForOneAnotherAndAllAreDecoded() throws Exception {
    DecodingMemory memory = new DecodingMemory(192 * MEGABYTE, 256 * MEGABYTE);
    DecodingMemory.Claim first = memory.claim(150 * MEGABYTE, PhotoFormat.PNG);
    CountDownLatch claimed = new CountDownLatch(1);
    ExecutorService other = Executors.newSingleThreadExecutor();
    Future<?> second =
        other.submit(
            () -> {
              DecodingMemory.Claim claim = memory.claim(150 * MEGABYTE, PhotoFormat.PNG);
              claimed.countDown();
              claim.close();
              return true;
            });
    memory.claim(15 * MEGABYTE, PhotoFormat.PNG).close(); // of the usual kind: no waiting
    assertThat(claimed.getCount()).isEqualTo(1);
    first.close();
    second.get(10, TimeUnit.SECONDS);
    other.shutdown();
  }

  @Test
  void aBudgetIsGivenBackByWhatFails() throws Exception {
    byte[] whole = Pictures.png(900, 13_000, 8, 2, GREY, GREY, GREY);
    whole[whole.length / 2] ^= 1;
    List<Reason> reasons = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      byte[] file = i % 2 == 0 ? whole : Pictures.png(900, 13_000, 8, 0, GREY);
      try {
        decoder.decode(file, 472);
      } catch (PhotoRejectedException e) {
        reasons.add(e.reason());
      }
    }
    assertThat(reasons).hasSize(10).containsOnly(Reason.CORRUPT);
  }

  private static long need(byte[] file, int minShortSide) throws PhotoRejectedException {
    PhotoFormat format = PhotoFormat.of(file).orElseThrow();
    return DecodingMemory.need(file, format, Scanner.of(format).scan(file), minShortSide);
  }

  private static byte[] progressive(byte[] baseline) {
    byte[] file = baseline.clone();
    file[find(file, 0xC0) + 1] = (byte) 0xC2;
    return file;
  }

  private static int find(byte[] file, int marker) {
    int at = 0;
    while (file[at] != (byte) 0xFF || file[at + 1] != (byte) marker) {
      at++;
    }
    return at;
  }
}
