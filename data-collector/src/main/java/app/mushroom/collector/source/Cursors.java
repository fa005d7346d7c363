package app.mushroom.collector.source;

/** What sources agree on about cursors. */
final class Cursors {
  private Cursors() {}

  /**
   * @throws SourceException if the cursor is no whole number
   */
  static long number(String source, String cursor) throws SourceException {
    if (!cursor.matches("[0-9]{1,18}")) {
      throw foreign(source, cursor, "a whole number");
    }
    return Long.parseLong(cursor);
  }

  /** What to throw for a cursor that the source never gave. */
  static SourceException foreign(String source, String cursor, String expected) {
    return new SourceException(
        "Expected %s as the place in the list of %s, found \"%s\". Begin that list anew."
            .formatted(expected, source, cursor));
  }
}
