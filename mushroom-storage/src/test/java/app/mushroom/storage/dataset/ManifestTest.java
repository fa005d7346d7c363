package app.mushroom.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import app.mushroom.storage.JsonDocument;
import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.Sha256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {
  private static final ObjectKey KEY = new ObjectKey("datasets/d/versions/1/manifest.jsonl");
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
          "\\n",
          "\u0000",
          "\u001b[31m",
          "\u2028",
          "\u202e",
          "\ufeff",
          "ü",
          "茸",
          "🍄",
          "e\u0301",
          "{\"sha256\":1}",
          "</script>",
          "");

  @TempDir Path folder;

  @Test
  void whateverStandsInATextComesBackExactlyAndOneLineIsOnePhoto() throws Exception {
    Random random = new Random(1);
    List<DatasetPhoto> photos = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      photos.add(photo(i, random));
    }
    try (ObjectStore store = ObjectStores.open(folder.toString())) {
      store.write(KEY, Manifest.open(photos), Precondition.absent());
      Path file = folder.resolve(KEY.value());
      assertThat(Manifest.read(store, KEY, Sha256.of(file))).isEqualTo(photos);
      assertThat(Files.readString(file).split("\n", -1)).hasSize(2_000 + 1);
    }
  }

  @Test
  void aCardCanBeReadWhateverTheSourcesAreCalled() throws Exception {
    List<DatasetPhoto> photos = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      String text = i < 1_500 ? "\u0001".repeat(90) + i : "\u0001".repeat(5_000) + i;
      photos.add(photo(i, text));
    }
    DatasetCard card = Manifest.card("d", 1, Instant.EPOCH, null, "", photos, Map.of(), null);
    byte[] document = JsonDocument.write(card);
    assertThat(document.length).isLessThan(JsonDocument.MAX_BYTES);
    assertThat(JsonDocument.read(document, DatasetCard.class, "card")).isEqualTo(card);
    assertThat(card.sources()).hasSize(501).containsEntry("other", 1_500);
    assertThat(card.licences()).isEqualTo(card.sources());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0,0", "45,10", "85,175", "-90,-180", "-5,-5", "5,100"})
  void knowsCoarsePlaces(String cell) {
    assertThat(seen(7, cell).cell()).isEqualTo(cell);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "45", "46,10", "90,0", "45,180", "45.5,10", "45, 10", "-95,0", "45,1000"})
  void refusesPlacesThatAreNoneOrTooExact(String cell) {
    assertThatIllegalArgumentException().isThrownBy(() -> seen(7, cell));
  }

  @Test
  void refusesMonthsThatAreNone() {
    assertThatIllegalArgumentException().isThrownBy(() -> seen(0, "45,10"));
    assertThatIllegalArgumentException().isThrownBy(() -> seen(13, null));
    assertThat(seen(12, null).observedMonth()).isEqualTo(12);
    assertThat(seen(null, null).observedMonth()).isNull();
  }

  private static DatasetPhoto seen(@Nullable Integer month, @Nullable String cell) {
    return new DatasetPhoto(
        Sha256.of(new byte[0]),
        "label",
        LabelRank.SPECIES,
        null,
        null,
        Split.TRAIN,
        "g",
        null,
        1,
        1,
        1,
        "source",
        null,
        "unknown",
        null,
        month,
        cell);
  }

  private static DatasetPhoto photo(int number, String text) {
    return new DatasetPhoto(
        Sha256.of(Integer.toString(number).getBytes(StandardCharsets.UTF_8)),
        "label",
        LabelRank.SPECIES,
        null,
        null,
        Split.TRAIN,
        "g" + number,
        null,
        1,
        1,
        1,
        text,
        null,
        text,
        null);
  }

  private static DatasetPhoto photo(int number, Random random) {
    return new DatasetPhoto(
        Sha256.of(Integer.toString(number).getBytes(StandardCharsets.UTF_8)),
        "label" + number % 7,
        LabelRank.SPECIES,
        hostile(random),
        hostile(random),
        Split.TRAIN,
        hostile(random),
        hostile(random),
        1,
        1,
        1,
        hostile(random),
        null,
        hostile(random),
        hostile(random),
        random.nextBoolean() ? null : Integer.valueOf(1 + random.nextInt(12)),
        random.nextBoolean() ? null : 5 * random.nextInt(17) + ",-" + 5 * (1 + random.nextInt(36)));
  }

  private static String hostile(Random random) {
    StringBuilder text = new StringBuilder();
    for (int parts = random.nextInt(4); parts >= 0; parts--) {
      text.append(HOSTILE.get(random.nextInt(HOSTILE.size())));
    }
    return text.toString();
  }
}
