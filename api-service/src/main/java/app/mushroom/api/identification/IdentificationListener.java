package app.mushroom.api.identification;

/**
 * Told of every identification before its answer goes out, on the thread that made it. It must be
 * quick, and is never a reason for an identification to fail.
 */
public interface IdentificationListener {
  void identified(Look look);
}
