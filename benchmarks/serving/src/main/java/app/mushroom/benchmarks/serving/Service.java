package app.mushroom.benchmarks.serving;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A service in processes of its own. */
final class Service implements AutoCloseable {
  private static final Duration LONGEST_START = Duration.ofMinutes(2);

  private final Plan plan;
  private final Process process;
  private final double readySeconds;

  /**
   * How to start one.
   *
   * @param path that photographs are posted to
   * @param readyPath answers 200 once it can answer, on {@code readyPort}
   */
  record Plan(
      String name,
      List<String> command,
      Map<String, String> environment,
      int port,
      String path,
      int readyPort,
      String readyPath) {}

  private Service(Plan plan, Process process, double readySeconds) {
    this.plan = plan;
    this.process = process;
    this.readySeconds = readySeconds;
  }

  /**
   * @param log that the service's output goes to
   * @throws IOException if it does not become ready
   */
  static Service start(Plan plan, Path log) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(plan.command())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(plan.environment());
    long begin = System.nanoTime();
    Process process = builder.start();
    try (Connection connection = new Connection(plan.readyPort(), 0, Duration.ofSeconds(5))) {
      while (connection.get(plan.readyPath()).status() != 200) {
        if (!process.isAlive() || System.nanoTime() - begin > LONGEST_START.toNanos()) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
          throw new IOException(plan.name() + " did not become ready; see " + log);
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
    return new Service(plan, process, (System.nanoTime() - begin) / 1e9);
  }

  String name() {
    return plan.name();
  }

  int port() {
    return plan.port();
  }

  String path() {
    return plan.path();
  }

  /** From its start to its first answer that it is ready. */
  double readySeconds() {
    return readySeconds;
  }

  ClosedLoop.Result closedLoop(List<Upload> photos, int clients, Duration time)
      throws IOException, InterruptedException {
    return ClosedLoop.run(plan.port(), plan.path(), photos, clients, time);
  }

  void warmUp(List<Upload> photos, Duration time) throws IOException, InterruptedException {
    closedLoop(photos, 4, time);
  }

  Resources resources() throws IOException {
    return Resources.of(process.toHandle());
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
