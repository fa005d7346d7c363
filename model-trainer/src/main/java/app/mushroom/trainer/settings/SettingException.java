package app.mushroom.trainer.settings;

/** A setting that is not known, not of its type, out of range or given twice. */
public final class SettingException extends RuntimeException {

  private static final long serialVersionUID = 1;
  private static final int SHOWN_CHARS = 60;

  public SettingException(String message) {
    super(message);
  }

  SettingException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What was found, in quotes, without control characters and not too long. */
  static String shown(String found) {
    StringBuilder text = new StringBuilder("\"");
    found
        .codePoints()
        .limit(SHOWN_CHARS)
        .map(point -> Character.isISOControl(point) ? '?' : point)
        .forEach(text::appendCodePoint);
    return text.append(found.length() > SHOWN_CHARS ? "…\"" : "\"").toString();
  }
}
