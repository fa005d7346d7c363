package app.mushroom.api.model;

/**
 * The threads that answer requests. Engines prepare the first calls of each thread, so a model is
 * warmed up on all of them before it serves.
 */
@FunctionalInterface
public interface ServingThreads {

  /**
   * Runs the task on each thread that is free, and returns when it is done. Threads that are busy
   * answering may be left out: requests go first.
   */
  void onEach(Runnable task);
}
