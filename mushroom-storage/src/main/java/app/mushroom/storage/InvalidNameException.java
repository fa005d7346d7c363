package app.mushroom.storage;

/** A name or key from outside does not follow the rules of {@link Names} or {@link ObjectKey}. */
public final class InvalidNameException extends IllegalArgumentException {
  private static final int SHOWN_CHARS = 80;

  InvalidNameException(String what, String found, String expected) {
    super("Invalid " + what + " " + printable(found) + ": expected " + expected + ".");
  }

  /** Control characters and line breaks escaped, long names cut: the message goes into logs. */
  private static String printable(String found) {
    StringBuilder shown = new StringBuilder("\"");
    found
        .codePoints()
        .limit(SHOWN_CHARS)
        .forEach(
            c -> {
              if (c >= ' ' && c <= '~') {
                shown.appendCodePoint(c);
              } else {
                shown.append(String.format("\\u%04x", c));
              }
            });
    return shown.append(found.length() > SHOWN_CHARS ? "…\"" : "\"").toString();
  }
}
