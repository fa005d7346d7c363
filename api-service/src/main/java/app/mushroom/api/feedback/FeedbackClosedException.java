package app.mushroom.api.feedback;

/** Enough has been said about an identification. */
public final class FeedbackClosedException extends RuntimeException {
  FeedbackClosedException() {
    super("Feedback on this identification was given several times already. Thank you.");
  }
}
