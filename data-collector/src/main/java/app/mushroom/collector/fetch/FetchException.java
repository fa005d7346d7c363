package app.mushroom.collector.fetch;

import java.util.Locale;

/** Nothing usable came. The message says from where, what was expected and what was found. */
public final class FetchException extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;

  /** Why. */
  public enum Reason {
    /** No http or https address of a public host; nothing was dialled. */
    FORBIDDEN_ADDRESS(false),
    /** The host's robots.txt or X-Robots-Tag asks not to. */
    ROBOTS(false),
    /** Status 404 or 410. */
    NOT_FOUND(false),
    /** Another status of 400 to 499, except 429. */
    REFUSED(false),
    /** Status 429 after all tries. */
    TOO_MANY_REQUESTS(true),
    /** Status 500 to 599 after all tries. */
    HOST_FAILED(true),
    /** No connection, or one that broke off. */
    BROKE_OFF(true),
    /** Not done within the time that a fetch may take. */
    TOO_SLOW(true),
    /** More bytes than a fetch may bring, packed or unpacked. */
    TOO_LARGE(false),
    /** Too many redirects, or one to nowhere. */
    REDIRECTS(false);

    private final boolean passing;

    Reason(boolean passing) {
      this.passing = passing;
    }

    /** Whether another day may bring another answer. */
    public boolean isPassing() {
      return passing;
    }

    /** As it is counted and listed: {@code too_large}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public FetchException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  public FetchException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
