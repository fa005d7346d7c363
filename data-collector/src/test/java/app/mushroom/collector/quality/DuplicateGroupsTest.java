package app.mushroom.collector.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import app.mushroom.collector.quality.DuplicateGroups.Member;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DuplicateGroupsTest {
  @Test
  void noPhotosMakeNoGroups() {
    assertThat(DuplicateGroups.of(List.of(), List.of()).groups()).isEmpty();
  }

  @Test
  void aPhotoAloneIsAGroupUnderItsOwnName() {
    DuplicateGroups groups = DuplicateGroups.of(List.of(photo("a", null)), List.of());
    assertThat(groups.groups()).containsExactly(List.of(0));
    assertThat(groups.group(0)).isEqualTo("a");
  }

  @Test
  void bytesObservationsAndLooksJoinAndChainsOfThemToo() {
    List<Member> photos =
        List.of(
            new Member("d", "same", null),
            new Member("c", "same", "inaturalist:9"),
            photo("b", "inaturalist:9"),
            photo("a", null),
            photo("e", "gbif:9"));
    DuplicateGroups groups = DuplicateGroups.of(photos, List.of(new NearPair(2, 3, 4, true)));
    assertThat(groups.groups()).containsExactly(List.of(0, 1, 2, 3), List.of(4));
    assertThat(groups.group(3)).isEqualTo("inaturalist:9");
    assertThat(groups.group(4)).isEqualTo("gbif:9");
  }

  @Test
  void refusesPairsOfPhotosThatAreNotThere() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                DuplicateGroups.of(
                    List.of(photo("a", null)), List.of(new NearPair(0, 1, 0, false))))
        .withMessageContaining("position 1");
  }

  @Test
  void groupsAndTheirNamesDoNotDependOnTheOrder() {
    Random random = new Random(5);
    List<Member> photos = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      photos.add(
          new Member(
              "photo" + i,
              "bytes" + random.nextInt(280),
              random.nextBoolean() ? "observation" + random.nextInt(200) : null));
    }
    List<NearPair> pairs = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int earlier = random.nextInt(299);
      pairs.add(new NearPair(earlier, earlier + 1 + random.nextInt(299 - earlier), 1, false));
    }
    Map<String, String> expected = names(photos, pairs);
    assertThat(expected.values().stream().distinct().count()).isBetween(20L, 200L);
    for (int round = 0; round < 20; round++) {
      List<Integer> order = new ArrayList<>();
      for (int i = 0; i < photos.size(); i++) {
        order.add(i);
      }
      Collections.shuffle(order, random);
      List<NearPair> moved = new ArrayList<>();
      for (NearPair pair : pairs) {
        int a = order.indexOf(pair.earlier());
        int b = order.indexOf(pair.later());
        moved.add(new NearPair(Math.min(a, b), Math.max(a, b), 1, false));
      }
      Collections.shuffle(moved, random);
      assertThat(names(order.stream().map(photos::get).toList(), moved)).isEqualTo(expected);
    }
  }

  @Test
  void aChainOf200000PhotosIsOneGroup() {
    List<Member> photos = new ArrayList<>();
    List<NearPair> pairs = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      photos.add(photo("p" + i, null));
      if (i > 0) {
        pairs.add(new NearPair(i - 1, i, 3, false));
      }
    }
    Collections.reverse(pairs);
    assertThat(DuplicateGroups.of(photos, pairs).groups()).hasSize(1);
  }

  private static Map<String, String> names(List<Member> photos, List<NearPair> pairs) {
    DuplicateGroups groups = DuplicateGroups.of(photos, pairs);
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < photos.size(); i++) {
      names.put(photos.get(i).id(), groups.group(i));
    }
    return names;
  }

  private static Member photo(String id, @Nullable String observation) {
    return new Member(id, "bytes of " + id, observation);
  }
}
