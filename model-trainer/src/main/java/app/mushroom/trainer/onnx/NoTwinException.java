package app.mushroom.trainer.onnx;

/** A network does something that we cannot write as ONNX. The message says what. */
public final class NoTwinException extends Exception {
  private static final long serialVersionUID = 1;

  NoTwinException(String message) {
    super(message);
  }
}
