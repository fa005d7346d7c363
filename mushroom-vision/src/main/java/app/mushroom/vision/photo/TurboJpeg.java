package app.mushroom.vision.photo;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import java.util.Optional;

/**
 * libjpeg-turbo, where the machine has it: it decodes with vector instructions, which takes about
 * half the time. At full size its pixels are those of ImageIO, bit by bit, before a colour profile
 * is applied. Safe for use by many threads.
 *
 * @see <a href="https://libjpeg-turbo.org/Documentation/Documentation">TurboJPEG's C API, version
 *     2.0 and later</a>
 */
final class TurboJpeg {
  private static final int RGB = 0;

  /**
   * Stop on warnings, so that half a photo is an error and not a photo that is half grey; and limit
   * scans, as later versions can.
   */
  private static final int FLAGS = 8192 | 32768;

  private final Functions turbo;

  private TurboJpeg(Functions turbo) {
    this.turbo = turbo;
  }

  /** The functions used, as they are named there. */
  private interface Functions extends Library {
    Pointer tjInitDecompress();

    int tjDestroy(Pointer handle);

    int tjDecompressHeader3(
        Pointer handle,
        byte[] jpeg,
        NativeLong length,
        IntByReference width,
        IntByReference height,
        IntByReference subsampling,
        IntByReference colours);

    int tjDecompress2(
        Pointer handle,
        byte[] jpeg,
        NativeLong length,
        byte[] pixels,
        int width,
        int pitch,
        int height,
        int pixelFormat,
        int flags);

    /** Came in 2.0 together with stopping on warnings, which older versions silently do not do. */
    int tjGetErrorCode(Pointer handle);
  }

  /**
   * @return empty where there is no such library, or one from before 2.0
   */
  static Optional<TurboJpeg> find() {
    try {
      Functions turbo = Native.load("turbojpeg", Functions.class);
      Pointer handle = turbo.tjInitDecompress();
      if (handle == null) {
        return Optional.empty();
      }
      turbo.tjGetErrorCode(handle);
      turbo.tjDestroy(handle);
      return Optional.of(new TurboJpeg(turbo));
    } catch (LinkageError e) {
      return Optional.empty();
    } catch (Error e) {
      if (e instanceof VirtualMachineError) {
        throw e;
      }
      return Optional.empty(); // so JNA says that its own library is of another version
    }
  }

  /**
   * @param reduction 1, 2, 4 or 8
   * @return empty if the file is damaged in any way, or other than its headers say
   */
  Optional<Pixels> decode(byte[] file, BaselineJpeg jpeg, int reduction) {
    int width = jpeg.reducedWidth(reduction);
    int height = jpeg.reducedHeight(reduction);
    NativeLong length = new NativeLong(file.length);
    Pointer handle = turbo.tjInitDecompress();
    if (handle == null) {
      return Optional.empty();
    }
    try {
      if (!isOfSize(handle, file, length, jpeg)) {
        return Optional.empty();
      }
      byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
      int failed = turbo.tjDecompress2(handle, file, length, rgb, width, 0, height, RGB, FLAGS);
      return failed == 0 ? Optional.of(new Pixels(width, height, rgb)) : Optional.empty();
    } finally {
      turbo.tjDestroy(handle);
    }
  }

  /** It would reduce a larger picture without a word until it fits. */
  private boolean isOfSize(Pointer handle, byte[] file, NativeLong length, BaselineJpeg jpeg) {
    IntByReference width = new IntByReference();
    IntByReference height = new IntByReference();
    int failed =
        turbo.tjDecompressHeader3(
            handle, file, length, width, height, new IntByReference(), new IntByReference());
    return failed == 0 && width.getValue() == jpeg.width() && height.getValue() == jpeg.height();
  }
}
