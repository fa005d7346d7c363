package app.mushroom.api.connection;

import java.util.Optional;

/** The connection that a request came in on. */
public interface ClientConnection {
  /** Why a request is cut off. */
  enum Cut {
    /** Less came in than must by then. */
    SLOW,
    /** All uploads together took too much room, or one sender's too many threads. */
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

  /**
   * Told who sends the request. A sender that holds a quarter of the threads with bodies that are
   * still to come is cut off at once: also what was refused is passed over by a thread.
   *
   * @param sender equal for all requests of one
   */
  void isOf(Object sender);

  /**
   * Whether the sender held an eighth of the threads with bodies that are still to come before this
   * one, so that it is not to be waited for.
   */
  boolean isOneTooMany();

  /** That of the request which this thread answers; empty elsewhere. */
  static Optional<ClientConnection> current() {
    return Optional.ofNullable(WatchedProcessor.ofThisThread());
  }

  /** Told once all of the body that matters was read: what may still come cuts nobody off. */
  void bodyIsIn();
}
