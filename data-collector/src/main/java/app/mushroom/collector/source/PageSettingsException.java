package app.mushroom.collector.source;

/**
 * Settings of web pages that make no sense. The message says where, what was expected and found.
 */
public final class PageSettingsException extends Exception {
  private static final long serialVersionUID = 1;

  PageSettingsException(String message) {
    super(message);
  }

  PageSettingsException(String message, Throwable cause) {
    super(message, cause);
  }
}
