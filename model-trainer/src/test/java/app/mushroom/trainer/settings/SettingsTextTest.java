package app.mushroom.trainer.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTextTest {

  @ParameterizedTest
  @EnumSource(Preset.class)
  void whatIsPrintedCanBeUsedAsItIs(Preset preset) {
    Settings settings =
        Settings.of(List.of(List.of(Given.option("preset", preset.word(), "--preset"))));
    Settings again = read(SettingsText.yaml(settings));
    assertThat(again.hyperparameters()).isEqualTo(settings.hyperparameters());
    for (SettingKey key : SettingKey.keys()) {
      assertThat(again.textOrNull(key.name()))
          .as(key.name())
          .isEqualTo(settings.textOrNull(key.name()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "net.pt",
        "C:\\nets\\net.pt",
        "it's net.pt",
        "# net",
        "gs://bucket/net.pt",
        "- net",
        "&net",
        "a: b",
        "https://example.org/net.pt?x=1&y=2#z",
        "~",
        "null",
        "*",
        "%net",
        "@net",
        "netz für alle",
        "12",
        "-",
        "\"net\"",
        "{net}",
        "[net]",
        "net.pt "
      })
  void anyBackboneSurvivesPrinting(String backbone) {
    Settings settings =
        Settings.of(List.of(List.of(Given.option("backbone", backbone, "--backbone"))));
    assertThat(read(SettingsText.yaml(settings)).text("backbone")).isEqualTo(backbone);
  }

  @Test
  void everyKeyIsThereAndExplained() {
    List<String> lines = SettingsText.yaml(Settings.of(List.of())).lines().toList();
    for (SettingKey key : SettingKey.keys()) {
      int at = indexOf(lines, key.name() + ":");
      assertThat(at).as(key.name()).isPositive();
      assertThat(lines.get(at - 1)).as(key.name()).startsWith("# ").endsWith(".");
    }
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }

  @Test
  void theDocumentedTableIsTheOneOfTheCode() throws Exception {
    Path page = Path.of("..", "docs", "training.md");
    assertThat(page).content().contains("\n" + SettingsText.markdown() + "\n");
    for (Preset preset : Preset.values()) {
      assertThat(page).content().contains("`" + preset.word() + "`: " + preset.about());
    }
    assertThat(Files.readString(page)).doesNotContain("TODO");
  }

  private static int indexOf(List<String> lines, String start) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(start) || lines.get(i).startsWith("# " + start)) {
        return i;
      }
    }
    return -1;
  }

  private static Settings read(String yaml) {
    return Settings.of(List.of(SettingsFile.read("train.yaml", yaml)));
  }
}
