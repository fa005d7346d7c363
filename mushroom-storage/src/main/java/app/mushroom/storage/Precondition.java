package app.mushroom.storage;

/** What must be true of a key at the instant its object is written. */
public sealed interface Precondition {

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
