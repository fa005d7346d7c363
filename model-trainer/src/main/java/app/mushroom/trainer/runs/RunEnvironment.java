package app.mushroom.trainer.runs;

import app.mushroom.trainer.training.EngineFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

/** What a run ran on and with, as far as it may explain a difference between two runs. */
public final class RunEnvironment {

  private static final Path CPU_FACTS = Path.of("/proc/cpuinfo");

  /** Facts on which the last digits of a step may depend. */
  private static final List<String> COMPUTES =
      List.of("release", "deviceUsed", "engine", "djl", "threads", "cpu", "java");

  private RunEnvironment() {}

  /**
   * @param device as asked for: {@code cpu}, {@code gpu} or {@code auto}
   */
  public static Map<String, String> describe(String device) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("device", device);
    facts.putAll(EngineFacts.describe(device));
    facts.put("processors", String.valueOf(Runtime.getRuntime().availableProcessors()));
    facts.put("cpu", cpu());
    facts.put("maxHeapMiB", String.valueOf(Runtime.getRuntime().maxMemory() >> 20));
    facts.put(
        "os",
        String.join(
            " ",
            System.getProperty("os.name", ""),
            System.getProperty("os.version", ""),
            System.getProperty("os.arch", "")));
    facts.put("java", Runtime.version().toString());
    facts.put("jvm", System.getProperty("java.vm.name", "unknown"));
    return facts;
  }

  /**
   * In what this process differs from the one that began a run, as far as it may change what a step
   * computes; a sentence each.
   *
   * @param device as asked for now
   */
  public static List<String> differences(RunParameters before, String device) {
    return differences(before.codeVersion(), before.device(), codeVersion(), describe(device));
  }

  static List<String> differences(
      String codeBefore, Map<String, String> before, String codeNow, Map<String, String> now) {
    List<String> differences = new ArrayList<>();
    Map<String, String> was = new LinkedHashMap<>(before);
    was.put("release", codeBefore);
    Map<String, String> is = new LinkedHashMap<>(now);
    is.put("release", codeNow);
    for (String fact : COMPUTES) {
      String one = was.get(fact);
      String other = is.get(fact);
      if (one != null && other != null && !one.equals(other)) {
        differences.add(
            "The run began with %s %s and goes on with %s: the result may differ from that of a run that was never interrupted."
                .formatted(fact, one, other));
      }
    }
    return differences;
  }

  private static String cpu() {
    if (Files.isReadable(CPU_FACTS)) {
      try (Stream<String> lines = Files.lines(CPU_FACTS)) {
        return lines
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("model name"))
            .map(line -> line.substring(line.indexOf(':') + 1).strip())
            .findFirst()
            .orElse("unknown");
      } catch (IOException | java.io.UncheckedIOException e) {
        return "unknown"; // a detail of the record, not worth a failed run
      }
    }
    String windows = System.getenv("PROCESSOR_IDENTIFIER");
    return windows == null ? "unknown" : windows;
  }

  /**
   * The release that runs, with the commit it was built from: {@code 0.1.0+1a2b3c4d5e6f}, with
   * {@code -dirty} where files differed from the commit. Without Git at build time there is only
   * the release.
   */
  public static String codeVersion() {
    Properties build = new Properties();
    try (var in = RunEnvironment.class.getResourceAsStream("build.properties")) {
      if (in != null) {
        build.load(in);
      }
    } catch (IOException e) {
      return "unknown"; // a jar that cannot be read does not get this far
    }
    return codeVersion(build);
  }

  static String codeVersion(Properties build) {
    String commit = build.getProperty("commit", "");
    String version = build.getProperty("version", "unknown");
    if (!commit.matches("[0-9a-f]{7,64}")) {
      return version;
    }
    return version + "+" + commit + (build.getProperty("dirty", "").equals("true") ? "-dirty" : "");
  }
}
