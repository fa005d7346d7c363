package app.mushroom.storage;

import tools.jackson.core.JacksonException;

/** A JSON document in the store is not one this release can read. */
public final class UnreadableDocumentException extends ObjectStoreException {
  UnreadableDocumentException(String what, String found, String expected, String advice) {
    super("Cannot read " + what + ": expected " + expected + ", found " + found + ". " + advice);
  }

  public UnreadableDocumentException(String what, String type, JacksonException cause) {
    super(
        "Cannot read "
            + what
            + ": expected a JSON document of the kind "
            + type
            + ", found something else ("
            + cause.getOriginalMessage()
            + "). Remove it or write it anew.",
        cause);
  }
}
