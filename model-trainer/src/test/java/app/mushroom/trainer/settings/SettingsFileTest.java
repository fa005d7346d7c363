package app.mushroom.trainer.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n\n", "# only a comment\n", "---\n", "---\n...\n", "{}", "null", "~"})
  void nothingGivesNoSettings(String text) {
    assertThat(read(text)).isEmpty();
  }

  @Test
  void readsKeysAndValuesWithTheirLines() {
    assertThat(read("# first\nepochs: 3 # three\n\nmodel: 'mushrooms'\nlearning-rate: 5e-4\n"))
        .containsExactly(
            new Given("epochs", "3", false, "train.yaml, line 2"),
            new Given("model", "mushrooms", true, "train.yaml, line 4"),
            new Given("learning-rate", "5e-4", false, "train.yaml, line 5"));
  }

  @Test
  void readsWindowsLinesAndAByteOrderMark() throws Exception {
    Path file = folder.resolve("train.yaml");
    Files.writeString(file, "\uFEFFepochs: 3\r\nseed: 2\r\n");
    assertThat(SettingsFile.read(file))
        .containsExactly(
            new Given("epochs", "3", false, "train.yaml, line 1"),
            new Given("seed", "2", false, "train.yaml, line 2"));
  }

  @Test
  void anEmptyValueIsGivenAsNothing() {
    for (String nothing : List.of("", " ~", " null", " # later")) {
      assertThat(read("epochs:" + nothing))
          .as(nothing)
          .containsExactly(new Given("epochs", "", false, "train.yaml, line 1"));
    }
  }

  @Test
  void refusesListsFurtherKeysAndBareTexts() {
    refused("- epochs\n- 3\n").hasMessageContaining("line 1").hasMessageContaining("found a list");
    refused("epochs\n").hasMessageContaining("line 1").hasMessageContaining("found \"epochs\"");
    refused("seed: 1\nepochs: [3, 4]\n")
        .hasMessageContaining("line 2")
        .hasMessageContaining("one value for \"epochs\"")
        .hasMessageContaining("found a list");
    refused("recipe:\n  epochs: 3\n")
        .hasMessageContaining("one value for \"recipe\"")
        .hasMessageContaining("found further keys");
    refused("? [a, b]\n: 3\n").hasMessageContaining("name of a setting");
  }

  @Test
  void refusesASecondDocument() {
    refused("epochs: 3\n---\nepochs: 4\n")
        .hasMessageContaining("line 3")
        .hasMessageContaining("one document");
  }

  @Test
  void refusesAnchorsAliasesAndTags() {
    refused("epochs: &three 3\nhead-epochs: *three\n").hasMessageContaining("anchors");
    refused("epochs: *three\n").hasMessageContaining("alias");
    refused("epochs: !!int 3\n").hasMessageContaining("tags");
    refused("backbone: !!javax.script.ScriptEngineManager [x]\n").hasMessageContaining("list");
    refused("!!map\nepochs: 3\n").hasMessageContaining("tags");
    refused("<<: *base\n").hasMessageContaining("alias");
  }

  @Test
  void aBombOfAliasesDoesNotGoOff() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 60; i++) {
      bomb.append(
          "a%d: &a%d [*a%d, *a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1, i - 1));
    }
    refused(bomb.toString()).hasMessageContaining("line 1");
  }

  @Test
  void deepNestingIsRefusedAtItsFirstBracket() {
    refused("epochs: " + "[".repeat(60_000)).hasMessageContaining("line 1");
    refused("{".repeat(60_000)).hasMessageContaining("line 1");
  }

  @Test
  void refusesTabsAndOtherBrokenYaml() {
    refused("seed: 1\n\tepochs: 3\n")
        .hasMessageContaining("line 2")
        .hasMessageContaining("not YAML");
    refused("model: \"mushrooms\n").hasMessageContaining("not YAML");
    refused("epochs 3\nseed: 1\n").hasMessageContaining("train.yaml, line");
    refused("epochs: 3: 4\n").hasMessageContaining("line 1").hasMessageContaining("epochs: 12");
    refused("%YAML 3.0\n---\nepochs: 3\n").hasMessageContaining("not YAML");
    refused("model: a\u0000b\n").hasMessageContaining("not YAML");
  }

  @Test
  void refusesWhatIsNotUtf8() throws Exception {
    Path file = folder.resolve("train.yaml");
    Files.write(file, "model: pilze-für-alle".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> SettingsFile.read(file))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("train.yaml is not UTF-8");
    Files.write(file, "epochs: 3".getBytes(StandardCharsets.UTF_16LE));
    assertThatThrownBy(() -> SettingsFile.read(file)).isInstanceOf(SettingException.class);
  }

  @Test
  void refusesAFileTooLargeOrAbsent() throws Exception {
    Path file = folder.resolve("train.yaml");
    assertThatThrownBy(() -> SettingsFile.read(file))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("no settings file")
        .hasMessageContaining("--print-settings");
    assertThatThrownBy(() -> SettingsFile.read(folder)).hasMessageContaining("no settings file");
    Files.writeString(file, "#".repeat(70_000));
    assertThatThrownBy(() -> SettingsFile.read(file))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("65536 bytes");
  }

  private static List<Given> read(String text) {
    return SettingsFile.read("train.yaml", text);
  }

  private static AbstractThrowableAssert<?, ? extends Throwable> refused(String text) {
    return assertThatThrownBy(() -> read(text))
        .as(text.substring(0, Math.min(60, text.length())))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("train.yaml");
  }
}
