package app.mushroom.api.access;

/**
 * What is left of a limit, as the RateLimit fields of
 * https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/ tell it.
 *
 * @param name {@code minute} or {@code day}
 * @param quota requests in a window
 * @param windowSeconds length of the window
 * @param left requests that may still come
 * @param resetSeconds until the next window begins
 */
public record Remaining(String name, long quota, long windowSeconds, long left, long resetSeconds) {

  public String policy() {
    return "\"%s\";q=%d;w=%d".formatted(name, quota, windowSeconds);
  }

  public String state() {
    return "\"%s\";r=%d;t=%d".formatted(name, left, resetSeconds);
  }
}
