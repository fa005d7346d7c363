package app.mushroom.vision.photo;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Processor time of this thread: what a file costs, however busy the machine is. */
final class CpuTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private CpuTime() {}

  static long now() {
    return THREADS.getCurrentThreadCpuTime();
  }
}
