package app.mushroom.collector.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.collector.dataset.DatasetAssembly.Earlier;
import app.mushroom.collector.quality.Look;
import app.mushroom.collector.quality.PerceptualHash;
import app.mushroom.storage.Sha256;
import app.mushroom.storage.dataset.DatasetCard;
import app.mushroom.storage.dataset.DatasetPhoto;
import app.mushroom.storage.dataset.DatasetVersion;
import app.mushroom.storage.dataset.LabelRank;
import app.mushroom.storage.dataset.Split;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LookAlikesTest {
  private static final String FLY_AGARIC = "amanita_muscaria";
  private static final String DEATH_CAP = "amanita_phalloides";
  private static final String GENUS = "amanita";
  private static final long PICTURE = 0x0123456789abcdefL;

  /** Eight bits off, as far as copies count as sure. */
  private static final long COPY = PICTURE ^ 0xffL;

  /** Nine bits off: alike, not sure. */
  private static final long ALIKE = PICTURE ^ 0x1ffL;

  private final Map<String, Look> looks = new HashMap<>();

  @Test
  void aLookAlikeOfAPublishedPhotoJoinsItsGroupAndSplit() throws Exception {
    List<Candidate> tested = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      tested.add(
          photo("p" + i, FLY_AGARIC, "find" + i, Split.TEST, PICTURE ^ (0xffffL << (9 * i))));
    }
    DatasetVersion before = version(assemble(tested, null));
    for (int i = 0; i < 5; i++) {
      Candidate copy =
          photo("n" + i, FLY_AGARIC, "another" + i, null, PICTURE ^ (0xffffL << (9 * i)) ^ 0x3L);
      DatasetPhoto joined = find(assemble(List.of(copy), before), "n" + i);
      assertThat(joined.split()).isEqualTo(Split.TEST);
      assertThat(joined.group()).isEqualTo("find" + i);
    }
  }

  @Test
  void aLookAlikeOfAPublishedPhotoUnderAnotherLabelIsQuarantined() throws Exception {
    DatasetVersion before = version(assemble(List.of(photo("p", FLY_AGARIC, PICTURE)), null));

    DatasetAssembly assembly = assemble(List.of(photo("n", DEATH_CAP, COPY)), before);

    assertThat(assembly.photos()).isEqualTo(before.photos());
    assertThat(assembly.refusals())
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.reason()).isEqualTo("conflicting_labels");
              assertThat(refusal.detail()).contains("list n", "version 1", FLY_AGARIC, DEATH_CAP);
            });
    assertThat(assembly.findings().conflicting())
        .anySatisfy(
            conflict -> {
              assertThat(conflict.photos().sha256()).isEqualTo(hash("n"));
              assertThat(conflict.photos().otherSha256()).isEqualTo(hash("p"));
              assertThat(conflict.photos().distance()).isEqualTo(8);
              assertThat(conflict.label()).isEqualTo(DEATH_CAP);
              assertThat(conflict.otherWhere()).contains("version 1");
            });
  }

  @Test
  void theSamePhotoUnderAGenusAndASpeciesOfItIsOnePhotoOfTheSpecies() throws Exception {
    Candidate genus = photo("a", GENUS, PICTURE);
    Candidate species = photo("a", FLY_AGARIC, PICTURE);

    DatasetAssembly assembly = assemble(List.of(genus, species), null);

    assertThat(assembly.refusals()).isEmpty();
    assertThat(assembly.photos())
        .singleElement()
        .satisfies(
            photo -> {
              assertThat(photo.label()).isEqualTo(FLY_AGARIC);
              assertThat(photo.rank()).isEqualTo(LabelRank.SPECIES);
            });
    assertThat(assembly.notes()).singleElement().asString().endsWith("count as that species: 1.");
  }

  @Test
  void aCopyLabelledWithTheGenusTakesTheSpeciesAlsoWhenItWasPublished() throws Exception {
    DatasetVersion before = version(assemble(List.of(photo("p", GENUS, PICTURE)), null));

    DatasetAssembly assembly = assemble(List.of(photo("n", FLY_AGARIC, COPY)), before);

    assertThat(assembly.photos()).extracting(DatasetPhoto::label).containsOnly(FLY_AGARIC);
    assertThat(assembly.photos()).hasSize(2);
    assertThat(find(assembly, "p").split()).isEqualTo(before.photos().get(0).split());
  }

  @Test
  void whatOnlyResemblesASpeciesKeepsItsGenus() throws Exception {
    DatasetAssembly assembly =
        assemble(List.of(photo("a", GENUS, PICTURE), photo("b", FLY_AGARIC, ALIKE)), null);

    assertThat(find(assembly, "a").label()).isEqualTo(GENUS);
    assertThat(find(assembly, "a").split()).isEqualTo(find(assembly, "b").split());
  }

  @Test
  void splitsThatTheOwnerGaveStandAndThePairIsShown() throws Exception {
    DatasetAssembly assembly =
        assemble(
            List.of(
                photo("a", FLY_AGARIC, "x", Split.TRAIN, PICTURE),
                photo("b", FLY_AGARIC, "y", Split.TEST, COPY)),
            null);

    assertThat(assembly.refusals()).isEmpty();
    assertThat(find(assembly, "a").split()).isEqualTo(Split.TRAIN);
    assertThat(find(assembly, "b").split()).isEqualTo(Split.TEST);
    assertThat(assembly.findings().nearDuplicates())
        .containsExactly(new LikePair(hash("a"), hash("b"), 8, false));
  }

  @Test
  void aPhotoBetweenTwoSplitsIsLeftOut() throws Exception {
    DatasetAssembly assembly =
        assemble(
            List.of(
                photo("a", FLY_AGARIC, "x", Split.TRAIN, PICTURE),
                photo("b", FLY_AGARIC, "y", Split.TEST, PICTURE ^ 0xffffL),
                photo("c", FLY_AGARIC, "z", null, COPY)),
            null);

    assertThat(assembly.photos()).hasSize(2);
    assertThat(assembly.refusals())
        .extracting(Refusal::reason)
        .containsExactly("near_duplicate_across_splits");
  }

  @Test
  void aPhotoThatJoinsTwoPublishedGroupsOfOneSplitMakesThemOne() throws Exception {
    DatasetVersion before =
        version(
            assemble(
                List.of(
                    photo("a", FLY_AGARIC, "x", Split.VAL, PICTURE),
                    photo("b", FLY_AGARIC, "y", Split.VAL, PICTURE ^ 0xffffL)),
                null));

    DatasetAssembly assembly = assemble(List.of(photo("c", FLY_AGARIC, COPY)), before);

    assertThat(assembly.photos()).hasSize(3);
    assertThat(assembly.photos()).extracting(DatasetPhoto::group).containsOnly("x");
    assertThat(assembly.photos()).extracting(DatasetPhoto::split).containsOnly(Split.VAL);
    assertThat(assemble(List.of(photo("c", FLY_AGARIC, COPY)), version(assembly)).photos())
        .isEqualTo(assembly.photos());
  }

  @Test
  void replacingCorrectsALabelWhateverTheVersionBeforeSays() throws Exception {
    DatasetVersion before = version(assemble(List.of(photo("a", FLY_AGARIC, PICTURE)), null));

    DatasetAssembly assembly = replace(List.of(photo("a", DEATH_CAP, PICTURE)), before);

    assertThat(assembly.photos()).extracting(DatasetPhoto::label).containsExactly(DEATH_CAP);
    assertThat(assembly.findings().conflicting()).isEmpty();
  }

  @Test
  void replacingLeavesLookAlikesInTheSplitsThatTheyHad() throws Exception {
    DatasetVersion before =
        version(
            assemble(
                List.of(
                    photo("a", FLY_AGARIC, "x", Split.TRAIN, PICTURE),
                    photo("b", FLY_AGARIC, "y", Split.TEST, COPY)),
                null));

    DatasetAssembly assembly =
        replace(
            List.of(
                photo("a", FLY_AGARIC, "x", null, PICTURE),
                photo("b", FLY_AGARIC, "y", null, COPY)),
            before);

    assertThat(assembly.photos()).isEqualTo(before.photos());
  }

  @Test
  void replacingMovesNoPhotoThatIsNowAlikeAnotherFind() throws Exception {
    for (int i = 0; i < 8; i++) {
      long picture = PICTURE ^ (0xffffL << (6 * i));
      String name = "old" + i;
      DatasetVersion before =
          version(assemble(List.of(photo(name, FLY_AGARIC, "m", Split.TEST, picture)), null));
      DatasetAssembly assembly =
          replace(
              List.of(
                  photo(name, FLY_AGARIC, "m", null, picture),
                  photo("new" + i, FLY_AGARIC, "c" + i, null, picture ^ 3)),
              before);
      assertThat(assembly.photos()).hasSize(2);
      assertThat(assembly.photos()).extracting(DatasetPhoto::split).containsOnly(Split.TEST);
    }
  }

  @Test
  void replacingMovesNoPhotoThatIsNowSaidToBeOfAnotherFind() throws Exception {
    for (int i = 0; i < 8; i++) {
      DatasetVersion before =
          version(assemble(List.of(photo("p" + i, FLY_AGARIC, "a", Split.VAL, PICTURE)), null));
      DatasetAssembly assembly =
          replace(List.of(photo("p" + i, FLY_AGARIC, "b" + i, null, PICTURE)), before);
      assertThat(assembly.photos()).extracting(DatasetPhoto::split).containsExactly(Split.VAL);
    }
  }

  @Test
  void aVersionThatIsThereTellsOfItsOwnConflicts() throws Exception {
    DatasetVersion unseen =
        version(
            DatasetAssembly.of(
                List.of(photo("a", FLY_AGARIC, PICTURE), photo("b", DEATH_CAP, COPY)),
                Optional.empty(),
                Earlier.KEPT,
                SplitShares.USUAL,
                sha256 -> Look.UNKNOWN));

    QualityFindings findings = DatasetAssembly.findings(unseen, this::look);

    assertThat(findings.distinctConflicts()).hasSize(1);
    assertThat(findings.nearDuplicates()).hasSize(1);
  }

  @Test
  void theOrderPlaysNoPartAndTheSameAgainChangesNothing() throws Exception {
    List<Candidate> photos = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      long picture = new Random(i / 2).nextLong();
      photos.add(photo("a" + i, FLY_AGARIC, "find" + i / 3, null, picture ^ i % 2));
    }
    DatasetAssembly first = assemble(photos, null);
    Collections.shuffle(photos, new Random(3));

    assertThat(assemble(photos, null).photos()).isEqualTo(first.photos());
    assertThat(assemble(photos, version(first)).photos()).isEqualTo(first.photos());
    assertThat(first.findings().nearDuplicates()).hasSize(20);
  }

  private DatasetAssembly assemble(List<Candidate> photos, @Nullable DatasetVersion before)
      throws Exception {
    return DatasetAssembly.of(
        photos, Optional.ofNullable(before), Earlier.KEPT, SplitShares.USUAL, this::look);
  }

  private DatasetAssembly replace(List<Candidate> photos, DatasetVersion before) throws Exception {
    return DatasetAssembly.of(
        photos, Optional.of(before), Earlier.REPLACED, SplitShares.USUAL, this::look);
  }

  private Look look(String sha256) {
    return looks.getOrDefault(sha256, Look.UNKNOWN);
  }

  private static DatasetPhoto find(DatasetAssembly assembly, String name) {
    return assembly.photos().stream()
        .filter(photo -> photo.sha256().equals(hash(name)))
        .findFirst()
        .orElseThrow();
  }

  private Candidate photo(String name, String label, long picture) {
    return photo(name, label, null, null, picture);
  }

  private Candidate photo(
      String name, String label, @Nullable String group, @Nullable Split split, long picture) {
    looks.put(hash(name), new Look(new PerceptualHash(picture), List.of()));
    return new Candidate(
        "list " + name,
        hash(name),
        10,
        10,
        100,
        label,
        label.equals(GENUS) ? LabelRank.GENUS : LabelRank.SPECIES,
        label,
        "amanita",
        split,
        group,
        null,
        "https://example.org/" + name,
        hash("source " + name),
        "CC0",
        null);
  }

  private static DatasetVersion version(DatasetAssembly assembly) {
    return new DatasetVersion(
        new DatasetCard(
            1,
            "mushrooms",
            1,
            Instant.EPOCH,
            null,
            hash("manifest"),
            assembly.photos().size(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            null),
        assembly.photos());
  }

  private static String hash(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
