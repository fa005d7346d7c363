package app.mushroom.api.access;

/** A request needs a key that may do what it asks for. */
public final class ScopeMissingException extends RuntimeException {
  private final boolean hasKey;

  ScopeMissingException(Scope scope, boolean hasKey) {
    super(
        "Expected a key with the scope '"
            + scope
            + "' in the header X-API-Key, found "
            + (hasKey ? "one without it." : "none."));
    this.hasKey = hasKey;
  }

  /** Whether there was a key at all. */
  public boolean hasKey() {
    return hasKey;
  }
}
