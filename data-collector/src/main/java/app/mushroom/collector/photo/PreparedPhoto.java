package app.mushroom.collector.photo;

/**
 * A photograph in the form in which datasets keep it.
 *
 * @param sha256 hash of {@code jpeg}, 64 hex digits
 * @param width in pixels, upright
 * @param height in pixels, upright
 * @param jpeg baseline sRGB JPEG without metadata; not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // written to the store once, compared by its hash
public record PreparedPhoto(String sha256, int width, int height, byte[] jpeg) {}
