package app.mushroom.storage;

import java.util.Optional;

/** What must be true of a key at the instant its object is written. */
public sealed interface Precondition {

  /**
   * Compares with what lies there.
   *
   * @param location of the store, for the message
   * @throws PreconditionFailedException if it does not hold
   */
  default void check(ObjectKey key, Optional<StoredObject> found, String location)
      throws PreconditionFailedException {
    boolean holds =
        this instanceof Generation expected
            ? found.map(there -> there.generation() == expected.generation()).orElse(false)
            : this instanceof None || found.isEmpty();
    if (!holds) {
      throw new PreconditionFailedException(key, this, found, location);
    }
  }

  /** Nothing: the last writer wins. */
  record None() implements Precondition {}

  /** No object lies there: create only. */
  record Absent() implements Precondition {}

  /**
   * The object there is the one of this generation: compare and set.
   *
   * @param generation as {@link StoredObject#generation} told it
   */
  record Generation(long generation) implements Precondition {}

  static Precondition none() {
    return new None();
  }

  static Precondition absent() {
    return new Absent();
  }

  static Precondition generation(long generation) {
    return new Generation(generation);
  }
}
