package app.mushroom.collector.report;

/** Makes text from outside fit for a terminal. */
public final class Printable {
  private Printable() {}

  /** The text on one line, without control characters that a terminal would obey. */
  public static String of(String text) {
    StringBuilder printable = new StringBuilder(text.length());
    text.codePoints()
        .map(
            c ->
                Character.isISOControl(c) || Character.getType(c) == Character.FORMAT
                    ? '\uFFFD'
                    : c)
        .forEach(printable::appendCodePoint);
    return printable.toString();
  }
}
