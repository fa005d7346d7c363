package app.mushroom.collector.versions;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.collector.versions.Export.Form;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.Sha256;
import app.mushroom.storage.dataset.DatasetCard;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetRepository;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileListTest {
  private static final List<String> HOSTILE =
      List.of(
          "=cmd|'/c calc'!A0",
          "+1",
          "-1",
          "@SUM(A1)",
          "\t=1",
          "\r",
          "\n",
          "\r\n",
          ",",
          ";",
          "\"",
          "\"\"",
          "'",
          "\\",
          "\u0000",
          "\u2028",
          "\ufeff",
          "\uff1d1",
          "ü",
          "茸",
          "🍄",
          " ",
          "");
  private static final String FORMULA_STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

  @TempDir Path folder;

  @Test
  void everyTextComesBackFromTheListAndNoneIsAFormula() throws Exception {
    Random random = new Random(1);
    List<DatasetPhoto> photos = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      photos.add(photo(i, hostile(random), hostile(random)));
    }
    DatasetCard card =
        new DatasetCard(
            1,
            "d",
            1,
            Instant.EPOCH,
            null,
            "0".repeat(64),
            2_000,
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            null);
    Path list = folder.resolve("photos.csv");
    try (ObjectStore store = ObjectStores.open(folder.resolve("store").toString())) {
      new Export(new DatasetRepository(store))
          .run(new DatasetVersion(card, photos), Form.CSV, list, done -> {});
    }
    CSVFormat format = CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();
    int row = 0;
    try (Reader reader = Files.newBufferedReader(list);
        CSVParser rows = format.parse(reader)) {
      for (CSVRecord cells : rows) {
        DatasetPhoto photo = photos.get(row++);
        assertThat(cells.get("attribution")).isEqualTo(harmless(photo.attribution()));
        assertThat(cells.get("source")).isEqualTo(harmless(photo.source()));
        assertThat(cells)
            .allMatch(cell -> cell.isEmpty() || FORMULA_STARTS.indexOf(cell.charAt(0)) < 0);
      }
    }
    assertThat(row).isEqualTo(2_000);
  }

  private static String harmless(String text) {
    return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  private static DatasetPhoto photo(int number, String source, String attribution) {
    return new DatasetPhoto(
        Sha256.of(Integer.toString(number).getBytes(StandardCharsets.UTF_8)),
        "label",
        LabelRank.GENUS,
        source,
        attribution,
        Split.TRAIN,
        source,
        attribution,
        1,
        1,
        1,
        source,
        null,
        source,
        attribution);
  }

  private static String hostile(Random random) {
    StringBuilder text = new StringBuilder();
    for (int parts = random.nextInt(4); parts >= 0; parts--) {
      text.append(HOSTILE.get(random.nextInt(HOSTILE.size())));
    }
    return text.toString();
  }
}
