package app.mushroom.trainer.settings;

/**
 * A setting as somebody wrote it, not yet looked at.
 *
 * @param quoted whether it stood in quotes, which makes it a text
 * @param origin where it was written, for messages: {@code train.yaml, line 3} or {@code --epochs}
 */
public record Given(String key, String text, boolean quoted, String origin) {

  /** A setting of the command line. */
  public static Given option(String key, String text, String option) {
    return new Given(key, text, false, option);
  }
}
