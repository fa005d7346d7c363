package app.mushroom.collector.fetch;

import app.mushroom.collector.fetch.FetchException.Reason;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.MessageConstraintException;

/** Says in our words what went wrong on the wire. */
final class Failures {
  private Failures() {}

  static FetchException of(IOException e, URI address, Deadline deadline) {
    String from = WebAddress.shown(address);
    if (e instanceof ForbiddenAddressException) {
      return new FetchException(
          Reason.FORBIDDEN_ADDRESS,
          "Expected a public host, found " + from + ": " + e.getMessage() + " Nothing was dialled.",
          e);
    }
    if (e instanceof Body.TooLargeException || e instanceof MessageConstraintException) {
      return new FetchException(Reason.TOO_LARGE, from + " brings more than a fetch may bring.", e);
    }
    if (deadline.hasPassed()
        || (e instanceof SocketTimeoutException && !(e instanceof ConnectTimeoutException))) {
      return new FetchException(
          Reason.TOO_SLOW, from + " was not done within the time of a fetch.", e);
    }
    return new FetchException(
        Reason.BROKE_OFF,
        from + " could not be fetched: " + WebAddress.shown(String.valueOf(e.getMessage())) + ".",
        e);
  }
}
