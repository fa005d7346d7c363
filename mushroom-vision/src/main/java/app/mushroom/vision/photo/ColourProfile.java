package app.mushroom.vision.photo;

/**
 * The length that an ICC profile claims in its first four bytes (ICC.1:2022, 7.2.2). Readers make
 * room for it before they look for the rest, up to 2 GB for a file of a few bytes.
 */
final class ColourProfile {
  private ColourProfile() {}

  /**
   * @param at where the profile begins
   * @param available bytes of it, or of its first part
   * @throws PhotoRejectedException CORRUPT if it claims to be longer than the file that it is in
   */
  static void requireLength(byte[] file, int at, int available, PhotoFormat format)
      throws PhotoRejectedException {
    if (available < 4) {
      return; // too little for readers to take it for a profile
    }
    long claimed = 0;
    for (int i = 0; i < 4; i++) {
      claimed = claimed << 8 | (file[at + i] & 0xFF);
    }
    if (claimed > file.length) {
      throw Refusals.corrupt(format, "a colour profile longer than the file");
    }
  }
}
