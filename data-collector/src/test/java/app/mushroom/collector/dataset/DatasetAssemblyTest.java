package app.mushroom.collector.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import app.mushroom.collector.dataset.DatasetAssembly.Earlier;
import app.mushroom.collector.quality.Look;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DatasetAssemblyTest {
  private static final String FLY_AGARIC = "amanita_muscaria";
  private static final String DEATH_CAP = "amanita_phalloides";
  private static final Function<String, Look> UNSEEN = sha256 -> Look.UNKNOWN;

  @Test
  void nothingGivesNothing() throws Exception {
    assertThat(assemble(List.of()).photos()).isEmpty();
  }

  @Test
  void aSinglePhotoIsToTrainOnAndItsOwnGroup() throws Exception {
    DatasetPhoto photo = assemble(List.of(photo("a", FLY_AGARIC))).photos().get(0);

    assertThat(photo.split()).isEqualTo(Split.TRAIN);
    assertThat(photo.group()).isEqualTo(hash("a").substring(0, 16));
  }

  @Test
  void sharesEachLabelOut() throws Exception {
    List<Candidate> candidates = new ArrayList<>(photos("a", 20, FLY_AGARIC));
    candidates.addAll(photos("b", 104, DEATH_CAP));

    DatasetAssembly assembly = assemble(candidates);

    assertThat(count(assembly, FLY_AGARIC, Split.TEST)).isEqualTo(2);
    assertThat(count(assembly, FLY_AGARIC, Split.VAL)).isEqualTo(2);
    assertThat(count(assembly, FLY_AGARIC, Split.TRAIN)).isEqualTo(16);
    assertThat(count(assembly, DEATH_CAP, Split.TEST)).isEqualTo(10);
    assertThat(count(assembly, DEATH_CAP, Split.TRAIN)).isEqualTo(84);
  }

  @Test
  void theOrderOfTheInputPlaysNoPart() throws Exception {
    List<Candidate> candidates = new ArrayList<>(photos("a", 60, FLY_AGARIC));
    List<DatasetPhoto> first = assemble(candidates).photos();
    Collections.shuffle(candidates, new Random(7));

    assertThat(assemble(candidates).photos()).isEqualTo(first);
  }

  @Test
  void aPhotoNeverMovesWhenPhotosAreAdded() throws Exception {
    DatasetVersion version = version(1, assemble(photos("a", 10, FLY_AGARIC)));
    for (int size = 11; size < 200; size += 13) {
      DatasetAssembly grown = assemble(photos("a", size, FLY_AGARIC), version);
      Map<String, Split> splits =
          grown.photos().stream()
              .collect(Collectors.toMap(DatasetPhoto::sha256, DatasetPhoto::split));
      version
          .photos()
          .forEach(photo -> assertThat(splits.get(photo.sha256())).isEqualTo(photo.split()));
      assertThat((double) count(grown, FLY_AGARIC, Split.TEST) / size).isCloseTo(0.1, within(0.06));
      version = version(2, grown);
    }
  }

  @Test
  void aGroupStaysTogether() throws Exception {
    List<Candidate> candidates =
        IntStream.range(0, 90)
            .mapToObj(i -> grouped("g" + i, FLY_AGARIC, "find" + i / 3, null))
            .toList();

    DatasetAssembly assembly = assemble(candidates);

    assertThat(
            assembly.photos().stream()
                .collect(
                    Collectors.groupingBy(
                        DatasetPhoto::group,
                        Collectors.mapping(DatasetPhoto::split, Collectors.toSet())))
                .values())
        .hasSize(30)
        .allMatch(splits -> splits.size() == 1);
    assertThat(count(assembly, FLY_AGARIC, Split.TEST)).isEqualTo(9);
  }

  @Test
  void aSplitAsGivenHolds() throws Exception {
    DatasetAssembly assembly =
        assemble(
            List.of(
                grouped("a", FLY_AGARIC, "find", Split.TEST),
                grouped("b", FLY_AGARIC, "find", null)));

    assertThat(assembly.photos()).extracting(DatasetPhoto::split).containsOnly(Split.TEST);
  }

  @Test
  void namesGroupsThatStraddleSplits() {
    List<Candidate> candidates =
        List.of(
            grouped("a", FLY_AGARIC, "find7", Split.TRAIN),
            grouped("b", FLY_AGARIC, "find7", Split.TEST),
            grouped("c", FLY_AGARIC, "find8", Split.TEST));

    assertThatExceptionOfType(StraddlingGroupException.class)
        .isThrownBy(() -> assemble(candidates))
        .withMessageContaining("find7: train by list a, test by list b")
        .withMessageContaining("same split")
        .satisfies(e -> assertThat(e.groups()).hasSize(1));
  }

  @Test
  void twoGroupsThatShareAPhotoAreOne() throws Exception {
    List<Candidate> candidates =
        List.of(
            grouped("a", FLY_AGARIC, "z", null),
            grouped("b", FLY_AGARIC, "z", null),
            grouped("b", FLY_AGARIC, "m", null),
            grouped("c", FLY_AGARIC, "m", null));

    DatasetAssembly assembly = assemble(candidates);

    assertThat(assembly.duplicates()).isEqualTo(1);
    assertThat(assembly.photos()).hasSize(3).extracting(DatasetPhoto::group).containsOnly("m");
  }

  @Test
  void aSharedPhotoCarriesTheStraddlingAcrossGroups() {
    List<Candidate> candidates =
        List.of(
            grouped("a", FLY_AGARIC, "z", Split.TRAIN),
            grouped("a", FLY_AGARIC, "m", null),
            grouped("c", FLY_AGARIC, "m", Split.VAL));

    assertThatExceptionOfType(StraddlingGroupException.class)
        .isThrownBy(() -> assemble(candidates))
        .withMessageContaining("train by list a")
        .withMessageContaining("val by list c");
  }

  @Test
  void theSameBytesCollapseIntoTheFirst() throws Exception {
    DatasetAssembly assembly =
        assemble(List.of(from("a", FLY_AGARIC, "one"), from("a", FLY_AGARIC, "two")));

    assertThat(assembly.photos()).hasSize(1);
    assertThat(assembly.photos().get(0).source()).isEqualTo("one");
    assertThat(assembly.duplicates()).isEqualTo(1);
    assertThat(assembly.refusals()).isEmpty();
  }

  @Test
  void theSameSourceCollapsesThoughItWasStoredTwice() throws Exception {
    DatasetAssembly assembly =
        assemble(List.of(sourced("a", FLY_AGARIC, "s"), sourced("b", FLY_AGARIC, "s")));

    assertThat(assembly.photos()).extracting(DatasetPhoto::sha256).containsExactly(hash("a"));
    assertThat(assembly.duplicates()).isEqualTo(1);
  }

  @Test
  void thePhotoUnderTwoLabelsIsRefusedUnderBoth() throws Exception {
    DatasetAssembly assembly =
        assemble(List.of(photo("a", FLY_AGARIC), photo("b", FLY_AGARIC), photo("a", DEATH_CAP)));

    assertThat(assembly.photos()).extracting(DatasetPhoto::sha256).containsExactly(hash("b"));
    assertThat(assembly.refusals()).extracting(Refusal::reason).containsOnly("conflicting_labels");
    assertThat(assembly.refusals())
        .extracting(Refusal::detail)
        .anySatisfy(
            detail -> assertThat(detail).contains(FLY_AGARIC + " here", DEATH_CAP + " in list a"))
        .anySatisfy(
            detail -> assertThat(detail).contains(DEATH_CAP + " here", FLY_AGARIC + " in list a"));
    assertThat(assembly.duplicates()).isZero();
  }

  @Test
  void theSameSourceUnderTwoLabelsIsRefusedToo() throws Exception {
    DatasetAssembly assembly =
        assemble(List.of(sourced("a", FLY_AGARIC, "s"), sourced("b", DEATH_CAP, "s")));

    assertThat(assembly.photos()).isEmpty();
    assertThat(assembly.refusals()).hasSize(2);
  }

  @Test
  void aPublishedLabelHoldsAgainstAnImport() throws Exception {
    DatasetVersion version = version(3, assemble(List.of(photo("a", FLY_AGARIC))));

    DatasetAssembly assembly = assemble(List.of(photo("a", DEATH_CAP)), version);

    assertThat(assembly.photos()).isEqualTo(version.photos());
    assertThat(assembly.refusals()).hasSize(1);
    assertThat(assembly.refusals().get(0).detail()).contains(FLY_AGARIC + " in version 3");
    assertThat(assembly.duplicates()).isZero();
  }

  @Test
  void replacingCorrectsALabel() throws Exception {
    DatasetVersion version = version(1, assemble(List.of(photo("a", FLY_AGARIC))));

    DatasetAssembly assembly =
        DatasetAssembly.of(
            List.of(photo("a", DEATH_CAP)),
            Optional.of(version),
            Earlier.REPLACED,
            SplitShares.USUAL,
            UNSEEN);

    assertThat(assembly.photos()).extracting(DatasetPhoto::label).containsExactly(DEATH_CAP);
  }

  @Test
  void replacingRemembersSplitsWhereNoneIsGiven() throws Exception {
    DatasetVersion version =
        version(
            1,
            assemble(
                List.of(
                    grouped("a", FLY_AGARIC, "g", Split.TEST),
                    grouped("b", FLY_AGARIC, "h", Split.TEST))));

    DatasetAssembly assembly =
        DatasetAssembly.of(
            List.of(grouped("a", FLY_AGARIC, "g", null), grouped("b", FLY_AGARIC, "h", Split.VAL)),
            Optional.of(version),
            Earlier.REPLACED,
            SplitShares.USUAL,
            UNSEEN);

    assertThat(splits(assembly)).containsEntry("g", Split.TEST).containsEntry("h", Split.VAL);
  }

  @Test
  void aPublishedSplitCannotBeChanged() throws Exception {
    DatasetVersion version =
        version(4, assemble(List.of(grouped("a", FLY_AGARIC, "g", Split.TRAIN))));

    assertThatExceptionOfType(StraddlingGroupException.class)
        .isThrownBy(() -> assemble(List.of(grouped("a", FLY_AGARIC, "g", Split.TEST)), version))
        .withMessageContaining("train by version 4")
        .withMessageContaining("test by list a");
  }

  @Test
  void whatIsSaidNowReplacesWhatWasSaidOfTheSameBytes() throws Exception {
    DatasetVersion version = version(1, assemble(List.of(from("a", FLY_AGARIC, "old"))));

    DatasetAssembly assembly = assemble(List.of(from("a", FLY_AGARIC, "new")), version);

    assertThat(assembly.photos()).extracting(DatasetPhoto::source).containsExactly("new");
    assertThat(assembly.duplicates()).isZero();
  }

  @Test
  void assemblingTheSameAgainChangesNothing() throws Exception {
    List<Candidate> candidates = new ArrayList<>(photos("a", 30, FLY_AGARIC));
    candidates.add(sourced("x", DEATH_CAP, "s"));
    candidates.add(sourced("y", DEATH_CAP, "s"));
    candidates.add(grouped("a3", FLY_AGARIC, "named", null));
    DatasetVersion version = version(1, assemble(candidates));

    assertThat(assemble(candidates, version).photos()).isEqualTo(version.photos());
  }

  private static DatasetAssembly assemble(List<Candidate> candidates) throws Exception {
    return DatasetAssembly.of(
        candidates, Optional.empty(), Earlier.KEPT, SplitShares.USUAL, UNSEEN);
  }

  private static DatasetAssembly assemble(List<Candidate> candidates, DatasetVersion before)
      throws Exception {
    return DatasetAssembly.of(
        candidates, Optional.of(before), Earlier.KEPT, SplitShares.USUAL, UNSEEN);
  }

  private static DatasetVersion version(int number, DatasetAssembly assembly) {
    return new DatasetVersion(
        new DatasetCard(
            1,
            "mushrooms",
            number,
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

  private static Map<String, Split> splits(DatasetAssembly assembly) {
    return assembly.photos().stream()
        .collect(Collectors.toMap(DatasetPhoto::group, DatasetPhoto::split));
  }

  private static long count(DatasetAssembly assembly, String label, Split split) {
    return assembly.photos().stream()
        .filter(photo -> photo.label().equals(label) && photo.split() == split)
        .count();
  }

  private static List<Candidate> photos(String prefix, int count, String label) {
    return IntStream.range(0, count).mapToObj(i -> photo(prefix + i, label)).toList();
  }

  private static Candidate photo(String name, String label) {
    return candidate(name, label, null, null, "source-" + name, "https://example.org/" + name);
  }

  private static Candidate grouped(String name, String label, String group, Split split) {
    return candidate(name, label, group, split, "source-" + name, "https://example.org/" + name);
  }

  private static Candidate sourced(String name, String label, String sourceBytes) {
    return candidate(name, label, null, null, sourceBytes, "https://example.org/" + name);
  }

  private static Candidate from(String name, String label, String source) {
    return candidate(name, label, null, null, "source-" + name, source);
  }

  private static Candidate candidate(
      String name, String label, String group, Split split, String sourceBytes, String source) {
    return new Candidate(
        "list " + name,
        hash(name),
        10,
        10,
        100,
        label,
        LabelRank.SPECIES,
        "Amanita",
        "amanita",
        split,
        group,
        null,
        source,
        hash(sourceBytes),
        "CC0",
        null);
  }

  private static String hash(String text) {
    return Sha256.of(text.getBytes(StandardCharsets.UTF_8));
  }
}
