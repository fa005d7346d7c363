package app.mushroom.trainer.runs;

import java.time.Duration;

/** Waits; a test does not. */
interface Sleeper {

  Sleeper REAL = pause -> Thread.sleep(pause.toMillis());

  void sleep(Duration pause) throws InterruptedException;
}
