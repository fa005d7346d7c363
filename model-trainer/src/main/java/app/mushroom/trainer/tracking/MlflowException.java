package app.mushroom.trainer.tracking;

import java.io.IOException;

/** The server answered, but not with what was asked for. */
final class MlflowException extends IOException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;

  /**
   * @param code MLflow's word for it, such as {@code RESOURCE_DOES_NOT_EXIST}; empty if it gave
   *     none
   */
  MlflowException(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** Whether the same request may succeed later. */
  boolean isTransient() {
    return status >= 500 || status == 408 || status == 429;
  }

  boolean isUnauthorised() {
    return status == 401 || status == 403;
  }

  boolean isMissing() {
    return code.equals("RESOURCE_DOES_NOT_EXIST");
  }

  boolean isThereAlready() {
    return code.equals("RESOURCE_ALREADY_EXISTS");
  }
}
