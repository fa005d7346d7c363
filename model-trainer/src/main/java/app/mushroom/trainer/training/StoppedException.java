package app.mushroom.trainer.training;

import java.util.function.BooleanSupplier;

/** Somebody asked to stop; unwinds to where the work can be saved. */
public final class StoppedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private StoppedException() {
    super("stopped as asked", null, false, false);
  }

  public static void throwIf(BooleanSupplier asked) {
    if (asked.getAsBoolean()) {
      throw new StoppedException();
    }
  }
}
