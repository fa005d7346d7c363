package app.mushroom.benchmarks.collecting;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program's run from its start to its end.
 *
 * @param seconds by the clock
 * @param cpuSeconds of processors, those of its children included
 * @param output what it printed
 */
record Timed(double seconds, double cpuSeconds, String output) {
  private static final Pattern CPU = Pattern.compile("(?m)^measured ([0-9.]+) ([0-9.]+)$");

  /**
   * @throws IOException if the program ends with anything but 0; with what it printed
   */
  static Timed run(List<String> command) throws IOException, InterruptedException {
    // The shell's own word tells the processor time of a program and of all that it started.
    List<String> timed = new ArrayList<>(List.of("bash", "-c"));
    timed.add("TIMEFORMAT='measured %U %S'; time \"$@\"");
    timed.add("bash");
    timed.addAll(command);
    Path output = Files.createTempFile("run", ".log");
    try {
      long start = System.nanoTime();
      Process process =
          new ProcessBuilder(timed)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      int status = process.waitFor();
      double seconds = (System.nanoTime() - start) / 1e9;
      String text = Files.readString(output);
      Matcher cpu = CPU.matcher(text);
      if (status != 0 || !cpu.find()) {
        throw new IOException(
            "Expected " + command.get(0) + " to end well, found status " + status + ":\n" + text);
      }
      return new Timed(
          seconds, Double.parseDouble(cpu.group(1)) + Double.parseDouble(cpu.group(2)), text);
    } finally {
      Files.delete(output);
    }
  }

  /** A Java program of this class path. */
  static List<String> java(List<String> options, Class<?> main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    return command;
  }
}
