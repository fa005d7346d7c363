package app.mushroom.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKeyTest {
  static Stream<String> hostileNames() {
    return HostileNames.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("hostileNames")
  void hostileKeysAreRefused(String name) {
    assertThatThrownBy(() -> ObjectKey.of(name)).isInstanceOf(InvalidNameException.class);
    assertThatThrownBy(() -> ObjectKey.of("models", name)).isInstanceOf(InvalidNameException.class);
    assertThatThrownBy(() -> ObjectKey.of(name, "b")).isInstanceOf(InvalidNameException.class);
  }

  @ParameterizedTest
  @MethodSource("hostileNames")
  void hostileNamesAreRefusedAndTheMessageIsOnePrintableLine(String name) {
    assertThatThrownBy(() -> Names.require("label", name))
        .isInstanceOf(InvalidNameException.class)
        .hasMessageStartingWith("Invalid label \"")
        .hasMessageContaining("expected 1 to 64 of a-z 0-9")
        .message()
        .matches("[ -~…]*");
    assertThatThrownBy(() -> Names.requireFile("file name", name))
        .isInstanceOf(InvalidNameException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "a.b", "a/b", "models/mushrooms/1/MODEL_CARD.md", "A-_.9/z"})
  void keysReadAsTheyWereGiven(String key) {
    assertThat(ObjectKey.of(key).value()).isEqualTo(key);
    assertThat(ObjectKey.of(key)).hasToString(key);
  }

  @Test
  void partsAreJoined() {
    assertThat(ObjectKey.of("models", "m", "1", "bundle.json"))
        .isEqualTo(new ObjectKey("models/m/1/bundle.json"));
    assertThat(ObjectKey.of("models", "m", "1", "bundle.json").name()).isEqualTo("bundle.json");
    assertThat(ObjectKey.of("a").name()).isEqualTo("a");
  }

  @Test
  void lengthHasALimit() {
    String segment = "a".repeat(255);
    String longest = String.join("/", segment, segment, segment, segment) + "/";
    assertThat(ObjectKey.of(segment).value()).hasSize(255);
    assertThatThrownBy(() -> ObjectKey.of("a".repeat(256)))
        .isInstanceOf(InvalidNameException.class);
    assertThat(longest).hasSize(1024);
    assertThat(ObjectKey.of(longest.substring(0, 1022)).value()).hasSize(1022);
    assertThatThrownBy(() -> ObjectKey.of(longest + "a")).isInstanceOf(InvalidNameException.class);
    assertThatThrownBy(() -> ObjectKey.of("a/".repeat(1_000_000) + "a"))
        .isInstanceOf(InvalidNameException.class)
        .message()
        .hasSizeLessThan(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "a/", "a/b", "models/mushrooms/"})
  void prefixesAreBeginningsOfKeys(String prefix) {
    assertThat(ObjectKey.requirePrefix(prefix)).isEqualTo(prefix);
  }

  @Test
  void otherPrefixesAreRefused() {
    for (String prefix : List.of("/", "../", "a//", ".", ".mushroom/", "a/../", "a\\", "a b")) {
      assertThatThrownBy(() -> ObjectKey.requirePrefix(prefix))
          .isInstanceOf(InvalidNameException.class);
    }
  }

  @Test
  void namesAreLowerCaseAndFileNamesMayBeUpperCase() {
    assertThat(Names.require("label", "amanita_muscaria")).isEqualTo("amanita_muscaria");
    assertThat(Names.require("label", "a".repeat(64))).hasSize(64);
    assertThatThrownBy(() -> Names.require("label", "a".repeat(65)))
        .isInstanceOf(InvalidNameException.class);
    assertThatThrownBy(() -> Names.require("label", "Amanita"))
        .isInstanceOf(InvalidNameException.class);
    assertThat(Names.requireFile("file name", "MODEL_CARD.md")).isEqualTo("MODEL_CARD.md");
    assertThatThrownBy(() -> Names.requireFile("file name", "classes/A.class"))
        .isInstanceOf(InvalidNameException.class);
  }
}
