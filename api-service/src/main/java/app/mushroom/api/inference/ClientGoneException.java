package app.mushroom.api.inference;

/** Whoever asked has closed the connection; there is nobody to answer. */
public final class ClientGoneException extends RuntimeException {
  ClientGoneException() {
    super("The client closed its connection before its turn came.");
  }
}
