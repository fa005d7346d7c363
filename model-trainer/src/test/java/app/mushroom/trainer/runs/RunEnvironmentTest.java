package app.mushroom.trainer.runs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class RunEnvironmentTest {

  @Test
  void namesTheCommitWhereTheBuildKnewIt() {
    assertThat(version("1a2b3c4d5e6f", "false")).isEqualTo("0.1.0+1a2b3c4d5e6f");
    assertThat(version("1a2b3c4d5e6f", "true")).isEqualTo("0.1.0+1a2b3c4d5e6f-dirty");
    assertThat(version("unknown", "unknown")).isEqualTo("0.1.0");
    assertThat(version("${git.commit.id.abbrev}", "${git.dirty}")).isEqualTo("0.1.0");
    assertThat(RunEnvironment.codeVersion(new Properties())).isEqualTo("unknown");
  }

  @Test
  void theBuildFilledInTheRelease() {
    assertThat(RunEnvironment.codeVersion()).doesNotContain("$", "@").isNotEqualTo("unknown");
  }

  @Test
  void knowsEngineMachineAndThreads() {
    Map<String, String> facts = RunEnvironment.describe("cpu");
    assertThat(facts)
        .containsEntry("device", "cpu")
        .containsEntry("deviceUsed", "cpu")
        .containsKeys("engine", "djl", "threads", "processors", "cpu", "os", "java", "jvm");
    assertThat(facts.get("engine")).startsWith("PyTorch 2.");
    assertThat(facts.get("threads")).matches("[1-9][0-9]*");
  }

  @Test
  void saysInWhatAResumedRunMayDiffer() {
    Map<String, String> before = Map.of("threads", "2", "engine", "PyTorch 2.7.1", "os", "Linux 5");
    Map<String, String> now = Map.of("threads", "4", "engine", "PyTorch 2.7.1", "os", "Linux 6");
    assertThat(RunEnvironment.differences("0.1.0+a", before, "0.1.0+a", before)).isEmpty();
    assertThat(RunEnvironment.differences("0.1.0+a", before, "0.2.0+b", now))
        .hasSize(2)
        .anyMatch(line -> line.contains("release 0.1.0+a") && line.contains("with 0.2.0+b"))
        .anyMatch(line -> line.contains("threads 2") && line.contains("with 4"));
    assertThat(RunEnvironment.differences("0.1.0+a", Map.of(), "0.1.0+a", now))
        .as("an older record that says nothing")
        .isEmpty();
  }

  private static String version(String commit, String dirty) {
    Properties build = new Properties();
    build.putAll(Map.of("version", "0.1.0", "commit", commit, "dirty", dirty));
    return RunEnvironment.codeVersion(build);
  }
}
