package app.mushroom.trainer.training;

/** Training produced numbers that are not finite; continuing would publish noise. */
public final class DivergedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  DivergedException(String found) {
    super(
        "Training diverged: "
            + found
            + ". Lower --learning-rate, and resume from the last checkpoint with --resume.");
  }
}
