package app.mushroom.trainer.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A main class in a Java process of its own, whose output is read line by line. */
final class OtherProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private OtherProcess(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * @param temporary its temporary folder
   */
  static OtherProcess start(Class<?> main, Path temporary, List<String> arguments)
      throws IOException {
    return start(main, temporary, Map.of(), arguments);
  }

  /**
   * @param temporary its temporary folder
   * @param environment beside this process's own
   */
  static OtherProcess start(
      Class<?> main, Path temporary, Map<String, String> environment, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add("-Dai.djl.offline=true");
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    return new OtherProcess(builder.start());
  }

  /** The next line it prints; null once it has ended. */
  @Nullable String line() throws IOException {
    return output.readLine();
  }

  /** Reads on up to such a line. */
  String await(Predicate<String> wanted) throws IOException {
    StringBuilder seen = new StringBuilder();
    for (String line = line(); line != null; line = line()) {
      if (wanted.test(line)) {
        return line;
      }
      seen.append(line).append('\n');
    }
    throw new IllegalStateException("the process ended without the line:\n" + seen);
  }

  void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
        .inheritIO()
        .start()
        .waitFor();
  }

  /** Lets it go on if it waits for input. */
  void nod() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /** kill -9; what it printed before can still be read. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      throw new IllegalStateException("the other process did not end in 2 minutes");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
