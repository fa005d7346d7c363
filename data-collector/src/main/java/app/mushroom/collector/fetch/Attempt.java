package app.mushroom.collector.fetch;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one try ended.
 *
 * @param address whose answer it was, after all redirects
 * @param body empty unless the status is 200 to 299
 * @param retryAfter how long the host asks to be left alone; null if it does not
 */
@SuppressWarnings("ArrayRecordComponent")
record Attempt(
    URI address,
    int status,
    @Nullable String contentType,
    byte[] body,
    @Nullable Duration retryAfter) {

  boolean isGood() {
    return status >= 200 && status <= 299;
  }

  /** Whether the same may be asked again. */
  boolean isWorthAnother() {
    return status == 429 || (status >= 500 && status <= 599);
  }

  /** Whether the host, rather than this address, is asked too much. */
  boolean isOverload() {
    return status == 429 || status == 503;
  }

  /** Whether the host says that it is asked too much. */
  boolean isTooMuch() {
    return status == 429;
  }

  FetchException failure() {
    FetchException.Reason reason =
        switch (status) {
          case 404, 410 -> FetchException.Reason.NOT_FOUND;
          case 429 -> FetchException.Reason.TOO_MANY_REQUESTS;
          default ->
              status >= 400 && status <= 499
                  ? FetchException.Reason.REFUSED
                  : FetchException.Reason.HOST_FAILED;
        };
    return new FetchException(
        reason,
        "Expected status 200 to 299, found %d from %s."
            .formatted(status, WebAddress.shown(address)));
  }
}
