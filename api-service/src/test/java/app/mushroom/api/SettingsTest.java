package app.mushroom.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.api.access.AccessProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** A wrong setting ends the start with a sentence; an unknown one is told. */
@ExtendWith(OutputCaptureExtension.class)
class SettingsTest {

  @EnableConfigurationProperties({ApiProperties.class, AccessProperties.class})
  static class Settings {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mushroom.model.name | ../x | 1 to 64 of a-z 0-9 . _ -",
        "mushroom.model.poll-every | 0s | a time longer than 0",
        "mushroom.model.poll-every | -5s | a time longer than 0",
        "mushroom.model.poll-every | often | a time such as 500ms, 30s, 15m or 365d",
        "mushroom.model.retry-at-most | 0s | a time longer than 0",
        "mushroom.model.starter-after | -1s | 0 or a time longer than that",
        "mushroom.model.refused-for | -1s | 0 or a time longer than that",
        "mushroom.inference.threads | many | a whole number",
        "mushroom.inference.queue | 1.5 | a whole number",
        "mushroom.inference.queue | -1 | a number of at least 0",
        "mushroom.inference.caller-share | 0.0 | a share above 0, up to 1",
        "mushroom.inference.limit | 0s | a time longer than 0",
        "mushroom.clients.patience | 0s | a time longer than 0",
        "mushroom.clients.linger | -1s | 0 or a time longer than that",
        "mushroom.seen.photos | -1 | a number of at least 0",
        "mushroom.recent.entries | -1 | a number of at least 0",
        "mushroom.recent.bytes | 12 parsecs | a size such as 512KB or 32MB",
        "mushroom.recent.keep | -1s | 0 or a time longer than that",
        "mushroom.access.keys.alice.sha256 | abc | the SHA-256 of the key in 64 hexadecimal digits",
        "mushroom.access.anonymous.allowed | maybe | true or false",
        "mushroom.access.anonymous.allowed | false | true while there is no key",
        "mushroom.access.anonymous.per-minute | -1 | a number of at least 0",
        "mushroom.access.anonymous.per-day | -1 | a number of at least 0",
        "mushroom.access.anonymous.addresses | 0 | a number of at least 1",
      })
  void aWrongValueIsNamedWithWhatWasExpected(String setting, String value, String expected) {
    String said = failure(setting + "=" + value);
    assertThat(said).startsWith("Expected ").contains(setting).contains(expected);
    if (!setting.endsWith("sha256")) {
      assertThat(said).contains("'" + value + "'");
    }
  }

  @Test
  void aKeyThatWasGivenInsteadOfItsHashIsNotRepeated() {
    assertThat(failure("mushroom.access.keys.alice.sha256=mushroom_secret"))
        .doesNotContain("secret");
  }

  @Test
  void aFolderThatCannotBeWrittenToIsNamed(@TempDir Path temporary) throws Exception {
    Path file = Files.writeString(temporary.resolve("file"), "");
    assertThatThrownBy(() -> SettingChecks.folder("mushroom.model.cache", file + "/cache"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Expected mushroom.model.cache to be a folder that can be written to, found '"
                + file
                + "/cache'.");
    assertThat(SettingChecks.folder("x", temporary.resolve("a/b").toString())).isDirectory();
  }

  @Test
  void pagesOfAnybodyAreNeverAllowed() {
    assertThat(failure("mushroom.cors-origins=*")).contains("MUSHROOM_CORS_ORIGINS", "'*'");
  }

  @Test
  void typingMistakesAreTold(CapturedOutput output) {
    runner()
        .withInitializer(
            context -> {
              var sources = context.getEnvironment().getPropertySources();
              sources.addFirst(
                  new SystemEnvironmentPropertySource(
                      "test-systemEnvironment",
                      Map.of(
                          "MUSHROOM_QEUE", "3",
                          "MUSHROOM_INFERENCE_STARTWITHIN", "3s",
                          "MUSHROOM_STORE", "x",
                          "MUSHROOM_ACCESS_KEYS_ALICE_SHA256", "0".repeat(64))));
              sources.addFirst(
                  new MapPropertySource(
                      "given",
                      Map.of(
                          "mushroom.model.pol-every", "3s",
                          "mushroom.inference.queue", "4",
                          "mushroom.cors-origins[0]", "http://localhost:1")));
            })
        .run(context -> started(context.getSourceApplicationContext()));
    assertThat(output.getAll())
        .contains("MUSHROOM_QEUE is no setting of the API and does nothing.")
        .contains(
            "mushroom.model.pol-every is no setting of the API and does nothing. Did you mean"
                + " mushroom.model.poll-every?");
    assertThat(output.getAll().split("is no setting")).hasSize(3);
  }

  private static void started(ConfigurableApplicationContext context) {
    new UnknownSettings(context.getEnvironment())
        .started(
            new ApplicationStartedEvent(
                new org.springframework.boot.SpringApplication(Settings.class),
                new String[0],
                context,
                null));
  }

  private static ApplicationContextRunner runner() {
    return new ApplicationContextRunner().withUserConfiguration(Settings.class);
  }

  private static String failure(String setting) {
    String[] said = new String[1];
    runner()
        .withPropertyValues(setting)
        .run(
            context -> {
              assertThat(context).hasFailed();
              FailureAnalysis analysis = new StartFailures().analyze(context.getStartupFailure());
              assertThat(analysis).isNotNull();
              said[0] = analysis.getDescription();
            });
    return said[0];
  }
}
