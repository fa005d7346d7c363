package app.mushroom.trainer.publishing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.storage.JsonDocument;
import app.mushroom.vision.photo.PhotoDecoder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GoldenCasesTest {

  @TempDir Path folder;

  @Test
  void areDrawnTheSameEachTimeAndDecodeToWhatTheNetworkSaw() throws Exception {
    GoldenCases.Document one = GoldenCases.make(photo -> answer(photo.width(), photo.height()));
    GoldenCases.Document two = GoldenCases.make(photo -> answer(photo.width(), photo.height()));
    assertThat(JsonDocument.write(one)).isEqualTo(JsonDocument.write(two));
    assertThat(one.cases()).extracting(GoldenCases.Case::imageBase64).doesNotHaveDuplicates();
    for (GoldenCases.Case each : one.cases()) {
      var photo = new PhotoDecoder().decode(Base64.getDecoder().decode(each.imageBase64()));
      assertThat(each.logits()).containsExactly(photo.width(), photo.height());
    }
  }

  @Test
  void areReadAsTheyWereWritten() throws Exception {
    GoldenCases.Document made = GoldenCases.make(photo -> answer(0.1f, -2));
    Path file = folder.resolve("golden.json");
    Files.write(file, JsonDocument.write(made));
    GoldenCases.Document read = GoldenCases.read(file);
    assertThat(JsonDocument.write(read)).isEqualTo(JsonDocument.write(made));
    assertThat(read.tolerance()).isEqualTo(1e-3);
  }

  @Test
  void aFileThatProvesNothingIsRefused() throws Exception {
    Path file = folder.resolve("golden.json");
    for (String text :
        List.of(
            "{\"schemaVersion\": 1, \"tolerance\": 1e-3, \"cases\": []}",
            "{\"schemaVersion\": 1, \"tolerance\": 1e-3}",
            "{\"schemaVersion\": 1, \"tolerance\": 1, \"cases\": [{\"name\": \"a\","
                + " \"imageBase64\": \"\", \"logits\": [1], \"embedding\": [1]}]}",
            "{\"schemaVersion\": 1, \"tolerance\": 1e-3, \"cases\": [{\"name\": \"a\"}]}")) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> GoldenCases.read(file))
          .as(text)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("golden.json");
    }
  }

  private static GoldenCases.Answer answer(float... logits) {
    return new GoldenCases.Answer(logits, new float[] {1});
  }
}
