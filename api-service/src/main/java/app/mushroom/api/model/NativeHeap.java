package app.mushroom.api.model;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives the system back what engines freed. The C library keeps it in its pools otherwise, a bit
 * more with each model that came and went: 20 swaps left 80 MB behind.
 */
final class NativeHeap {
  private static final Logger log = LoggerFactory.getLogger(NativeHeap.class);

  private NativeHeap() {}

  /** Does what {@code jcmd <pid> System.trim_native_heap} does, where this Java offers it. */
  static void trim() {
    try {
      Object said =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "systemTrimNativeHeap",
                  new Object[0],
                  new String[0]);
      log.debug("{}", said);
    } catch (JMException | RuntimeException e) {
      log.debug("Memory that the engine freed stays with the C library.", e);
    }
  }
}
