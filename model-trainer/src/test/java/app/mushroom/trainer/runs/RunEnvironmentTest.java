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

  private static String version(String commit, String dirty) {
    Properties build = new Properties();
    build.putAll(Map.of("version", "0.1.0", "commit", commit, "dirty", dirty));
    return RunEnvironment.codeVersion(build);
  }
}
