package app.mushroom.collector.fetch;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Nothing usable came. The message says from where, what was expected and what was found. */
public final class FetchException extends Exception {
  private static final long serialVersionUID = 1;

  private final Reason reason;
  private final @Nullable Instant leftAloneUntil;

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
    this(reason, message, null, null);
  }

  public FetchException(Reason reason, String message, Throwable cause) {
    this(reason, message, cause, null);
  }

  private FetchException(
      Reason reason, String message, @Nullable Throwable cause, @Nullable Instant leftAloneUntil) {
    super(message, cause);
    this.reason = reason;
    this.leftAloneUntil = leftAloneUntil;
  }

  /** The host is not to be asked before then, by nobody and for nothing. */
  public static FetchException leftAlone(Reason reason, String message, Instant until) {
    return new FetchException(reason, message, null, until);
  }

  /** The same of something that depends on what could not be had. */
  FetchException because(String message) {
    return new FetchException(reason, message, this, leftAloneUntil);
  }

  public Reason reason() {
    return reason;
  }

  /** Until when the host is left alone, and everything of it fails at once; null if it is not. */
  public @Nullable Instant leftAloneUntil() {
    return leftAloneUntil;
  }
}
