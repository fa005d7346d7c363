package app.mushroom.vision.photo;

/**
 * The index that cameras write when a JPEG file holds further pictures (stereo, gain maps) behind
 * the first one. It tells a file that was cut inside a later picture from a whole one.
 */
final class MultiPicture {
  private static final int ENTRIES_TAG = 0xB002;
  private static final int ENTRY_BYTES = 16;
  private static final int MOST_PICTURES = 64;

  private MultiPicture() {}

  /**
   * @param index the content of the segment, which begins with {@code MPF\0}
   * @return where the last picture ends, in bytes from the start of the file; 0 when unknown
   */
  static long lastByte(byte[] file, FileBytes index) {
    int header = index.position() + 4;
    try {
      boolean bigEndian = file[header] == 'M';
      FileBytes bytes = new FileBytes(file, PhotoFormat.JPEG, bigEndian).skip(header + 4L);
      bytes = new FileBytes(file, PhotoFormat.JPEG, bigEndian).skip(header + bytes.u32());
      for (int entries = bytes.u16(); entries > 0; entries--) {
        int tag = bytes.u16();
        bytes.skip(2);
        long length = bytes.u32();
        long offset = bytes.u32();
        if (tag == ENTRIES_TAG && length <= (long) MOST_PICTURES * ENTRY_BYTES) {
          return lastByte(file, bigEndian, header, header + offset, length / ENTRY_BYTES);
        }
      }
    } catch (PhotoRejectedException e) {
      return 0; // an index that cannot be read says nothing about the first picture
    }
    return 0;
  }

  private static long lastByte(
      byte[] file, boolean bigEndian, int header, long entriesAt, long pictures)
      throws PhotoRejectedException {
    FileBytes entries = new FileBytes(file, PhotoFormat.JPEG, bigEndian).skip(entriesAt);
    long last = 0;
    for (long i = 0; i < pictures; i++) {
      entries.skip(4);
      long size = entries.u32();
      long offset = entries.u32();
      entries.skip(4);
      last = Math.max(last, offset == 0 ? size : header + offset + size);
    }
    return last;
  }
}
