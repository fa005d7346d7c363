package app.mushroom.api.connection;

import java.util.Optional;

/** The connection that a request came in on. */
public interface ClientConnection {
  /** Why a request is cut off. */
  enum Cut {
    /** Less came in than must by then. */
    SLOW,
    /** All uploads together took too much room. */
    ROOM
  }

  /**
   * Whether the client has closed it. It is read without waiting, so that this may only be asked
   * while the request's own thread does not use it: while that waits for an answer.
   */
  boolean isGone();

  /** Bytes of the request's body that have come in. */
  long receivedBytes();

  /** Why the request was cut off while it came in; empty if it was not. */
  Optional<Cut> cut();

  /** That of the request which this thread answers; empty elsewhere. */
  static Optional<ClientConnection> current() {
    return Optional.ofNullable(WatchedProcessor.ofThisThread());
  }

  /** Told once all of the body that matters was read: what may still come cuts nobody off. */
  void bodyIsIn();
}
