package app.mushroom.collector.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PageSettingsFileTest {
  private static final String SMALLEST =
      """
      sources:
        - name: atlas
          start: 'https://atlas.example/{name}'
          photo: img
      """;

  @TempDir Path folder;

  private static AbstractThrowableAssert<?, ?> refused(String text) {
    return assertThatThrownBy(() -> PageSettingsFile.read("pages.yaml", text))
        .isInstanceOf(PageSettingsException.class);
  }

  @Test
  void theSmallestHasUsualValues() throws Exception {
    assertThat(PageSettingsFile.read("pages.yaml", SMALLEST))
        .containsExactly(
            new PageSettings(
                "atlas",
                "https://atlas.example/{name}",
                Map.of(),
                "img",
                null,
                "src",
                null,
                null,
                null,
                null,
                50));
  }

  @Test
  void theExampleIsCompleteAndCanBeRead() throws Exception {
    String example = WebPages.exampleSettings();
    List<PageSettings> all = PageSettingsFile.read("example", example);
    assertThat(all).extracting(PageSettings::name).containsExactly("example-atlas", "example-club");
    assertThat(PageSettingsReader.KEYS).allSatisfy(key -> assertThat(example).contains(key + ":"));
  }

  @Test
  void readsAFileWithAByteOrderMarkAndWindowsLines() throws Exception {
    Path file = folder.resolve("pages.yaml");
    Files.writeString(file, "\uFEFF" + SMALLEST.replace("\n", "\r\n"));
    assertThat(PageSettingsFile.read(file)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "foto, photo",
    "licens, licence",
    "license, licence",
    "max_pages, max-pages",
    "nexts, next"
  })
  void anUnknownKeyIsRefusedWithItsLineAndTheNearest(String key, String nearest) {
    refused(SMALLEST + "    " + key + ": x\n")
        .hasMessageContaining("pages.yaml, line 5")
        .hasMessageContaining("\"" + key + "\"")
        .hasMessageContaining("Did you mean " + nearest + "?");
  }

  @Test
  void aKeyLikeNoOtherHasNoNearest() {
    refused(SMALLEST + "    javascript: x\n").hasMessageNotContaining("Did you mean");
    refused("source:\n").hasMessageContaining("line 1").hasMessageContaining("mean sources?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "name: atlas | name: Atlas | line 2",
        "name: atlas | name: gbif | which is taken",
        "name: atlas | name: [a] | line 2",
        "name: atlas | photo: a | line 4: expected photo once",
        "start: 'https://atlas.example/{name}' | start: 'file:///etc/passwd' | line 3",
        "start: 'https://atlas.example/{name}' | start: 'atlas.example/{name}' | https://",
        "start: 'https://atlas.example/{name}' | next: a | neither",
        "start: 'https://atlas.example/{name}' | starts: x | labels with addresses",
        "photo: img | photo: 'img[' | CSS selector for photo",
        "photo: img | photo: '' | a value for photo",
        "photo: img | image: img | the key photo",
        "photo: img | photo: img\\n    max-pages: 0 | 1 to 1000",
        "photo: img | photo: img\\n    max-pages: many | found many",
        "photo: img | photo: img\\n    fixed-licence: free | line 5",
        "photo: img | photo: img\\n    fixed-licence: cc0\\n    licence: p | both",
        "- name | - &a name | anchor",
      })
  void nonsenseIsRefusedWithItsPlace(String from, String to, String message) {
    String text = SMALLEST.replace(from, to.replace("\\n", "\n"));
    assertThat(text).isNotEqualTo(SMALLEST);
    refused(text).hasMessageContaining(message);
  }

  @Test
  void namesAreOfOneSourceEach() {
    refused(SMALLEST + SMALLEST.substring(SMALLEST.indexOf('\n') + 1))
        .hasMessageContaining("line 5")
        .hasMessageContaining("taken");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "just text", "[]", "sources: x", "a: b: c", "\tx: y"})
  void whatIsNoListOfSitesIsRefused(String text) {
    refused(text).hasMessageStartingWith("pages.yaml");
  }

  @Test
  void bombsDoNotGoOff() {
    refused("sources: " + "[".repeat(60_000)).hasMessageContaining("nested");
    refused("sources: &a [x]\nb: [*a, *a]\n").hasMessageContaining("anchor");
    refused("sources: !!javax.script.ScriptEngineManager [x]\n").hasMessageContaining("tag");
  }

  @Test
  void refusesWhatIsTooLargeOrNoText() throws Exception {
    Path large = folder.resolve("large.yaml");
    Files.writeString(large, "#".repeat(70_000));
    assertThatThrownBy(() -> PageSettingsFile.read(large))
        .isInstanceOf(PageSettingsException.class)
        .hasMessageContaining("70000");
    Path latin = folder.resolve("latin.yaml");
    Files.write(latin, "# für".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> PageSettingsFile.read(latin))
        .isInstanceOf(PageSettingsException.class)
        .hasMessageContaining("UTF-8");
  }
}
