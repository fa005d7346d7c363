package app.mushroom.collector.imports;

/**
 * What became of a file that was imported before.
 *
 * @param fileSha256 hash of the file's bytes
 * @param recipe how it was encoded
 * @param sha256 hash of the stored photo
 * @param width in pixels
 * @param height in pixels
 * @param sizeBytes of the stored photo
 */
record ImportRecord(
    String fileSha256, String recipe, String sha256, int width, int height, long sizeBytes) {}
