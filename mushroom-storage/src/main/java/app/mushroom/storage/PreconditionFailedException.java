package app.mushroom.storage;

import java.util.Optional;

/** Somebody else wrote the object first; nothing was changed. */
public final class PreconditionFailedException extends ObjectStoreException {
  public PreconditionFailedException(String message, Throwable cause) {
    super(message, cause);
  }

  PreconditionFailedException(
      ObjectKey key, Precondition expected, Optional<StoredObject> found, String location) {
    super(
        "Did not write "
            + key
            + " in "
            + location
            + ": expected "
            + words(expected)
            + ", found "
            + found.map(o -> "generation " + o.generation()).orElse("no object")
            + ". Read it again and decide anew.");
  }

  private static String words(Precondition precondition) {
    if (precondition instanceof Precondition.Generation g) {
      return "generation " + g.generation();
    }
    return precondition instanceof Precondition.Absent ? "no object" : "anything";
  }
}
