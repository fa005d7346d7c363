package app.mushroom.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalObjectStoreTest extends ObjectStoreContract {
  private static final ObjectKey KEY = ObjectKey.of("models/m/champion.json");

  @TempDir Path temporary;

  @Override
  ObjectStore emptyStore() throws IOException {
    return ObjectStores.open(root().toString());
  }

  private Path root() {
    return temporary.resolve("store");
  }

  @Override
  ObjectStore corrupted(ObjectKey key) throws IOException {
    Path file = root().resolve(key.value());
    FileTime modified = Files.getLastModifiedTime(file);
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
    Files.setLastModifiedTime(file, modified);
    return ObjectStores.open(root().toString());
  }

  @Override
  Map<String, String> environment() {
    return Map.of();
  }

  @Override
  int rounds() {
    return 200;
  }

  @Override
  long largeBytes() {
    return 160L * 1024 * 1024 + 7;
  }

  @Test
  void theFolderAppearsWithTheFirstWrite() throws IOException {
    store.find(KEY);
    list("");
    store.delete(KEY);
    assertThat(root()).doesNotExist();

    write(KEY, "1");

    assertThat(root().resolve("models/m/champion.json")).hasContent("1");
  }

  @Test
  void whatTheStoreKeepsForItselfIsNeverListed() throws IOException {
    write(KEY, "1");
    Files.writeString(root().resolve(".gitignore"), "*");
    Files.writeString(root().resolve("models/not a key"), "");
    assertThat(list("")).containsExactly(KEY.value());
    assertThat(root().resolve(".mushroom/staging")).isEmptyDirectory();
  }

  @Test
  void aFilePutThereByHandIsAnObjectWithAStableGeneration() throws IOException {
    Path file = put("by hand");

    StoredObject found = store.find(KEY).orElseThrow();
    assertThat(store.find(KEY)).contains(found);
    assertThat(found.sizeBytes()).isEqualTo(7);
    assertThat(text(KEY)).isEqualTo("by hand");
    assertThat(list("")).containsExactly(KEY.value());

    StoredObject written =
        store.writeBytes(KEY, bytes("by us"), Precondition.generation(found.generation()));
    assertThat(written.generation()).isGreaterThan(found.generation());
    assertThat(file).hasContent("by us");
    assertThatThrownBy(
            () -> store.writeBytes(KEY, bytes("2"), Precondition.generation(found.generation())))
        .isInstanceOf(PreconditionFailedException.class);
  }

  @Test
  void aFileFromTheFutureStillGetsALaterGeneration() throws IOException {
    Path file = put("by hand");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2099-01-01T00:00:00Z")));
    long generation = store.find(KEY).orElseThrow().generation();
    assertThat(write(KEY, "by us").generation()).isGreaterThan(generation);
  }

  @Test
  void generationsGrowEvenWhenTheClockIsSetBackAndTheObjectWasDeleted() throws IOException {
    Instant now = Instant.parse("2026-11-21T10:15:00Z");
    long first;
    try (ObjectStore today = new LocalObjectStore(root(), Clock.fixed(now, ZoneOffset.UTC))) {
      first = today.writeBytes(KEY, bytes("1"), Precondition.absent()).generation();
      today.delete(KEY);
    }
    Clock yesterday = Clock.fixed(now.minus(Duration.ofDays(1)), ZoneOffset.UTC);
    try (ObjectStore earlier = new LocalObjectStore(root(), yesterday)) {
      assertThat(earlier.writeBytes(KEY, bytes("2"), Precondition.absent()).generation())
          .isGreaterThan(first);
    }
  }

  @Test
  void aTruncatedOrLongerFileIsCorrupt() throws IOException {
    for (String content : List.of("", "1234", "123456", "12345678901234567890")) {
      write(KEY, "12345");
      Files.writeString(root().resolve(KEY.value()), content);
      assertThatThrownBy(() -> text(KEY))
          .isInstanceOf(CorruptObjectException.class)
          .hasMessageContaining("expected 5 bytes");
    }
  }

  @Test
  void aBrokenSealIsCorruptAndSaysWhichFileToDelete() throws IOException {
    write(KEY, "12345");
    Path seal = root().resolve(".mushroom/seals").resolve(KEY.value());
    Files.writeString(seal, "nonsense");
    assertThatThrownBy(() -> text(KEY))
        .isInstanceOf(CorruptObjectException.class)
        .hasMessageContaining(seal.toRealPath().toString());
    Files.delete(seal);
    assertThat(text(KEY)).isEqualTo("12345");
  }

  @Test
  void aWriterThatDiedBetweenItsStepsLeavesTheOldOrTheNewObject() throws IOException {
    StoredObject old = write(KEY, "old");
    Path seal = root().resolve(".mushroom/seals").resolve(KEY.value());
    String oldSeal = Files.readString(seal);
    StoredObject young = write(KEY, "young");
    String both = Files.readString(seal) + "\n" + oldSeal;

    Files.writeString(seal, both);
    assertThat(store.find(KEY)).contains(young);
    assertThat(text(KEY)).isEqualTo("young");

    Files.writeString(root().resolve(KEY.value()), "old");
    assertThat(store.find(KEY)).contains(old);
    assertThat(text(KEY)).isEqualTo("old");

    store.writeBytes(KEY, bytes("next"), Precondition.generation(old.generation()));
    assertThat(text(KEY)).isEqualTo("next");
  }

  @Test
  void whatKilledWritersLeftIsSweptOnceItIsOld() throws IOException {
    Path staging = Files.createDirectories(root().resolve(".mushroom/staging"));
    Path old = Files.writeString(staging.resolve("dead.1"), "half");
    Path young = Files.writeString(staging.resolve("dead.2"), "half");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(1))));

    write(KEY, "1");

    assertThat(old).doesNotExist();
    assertThat(young).exists();
  }

  @Test
  void linksAreRefusedAndWhatTheyPointToIsLeftAlone() throws IOException {
    write(KEY, "1");
    Path outside = Files.createDirectories(temporary.resolve("outside"));
    Path canary = Files.writeString(outside.resolve("canary"), "sings");
    Files.createSymbolicLink(root().resolve("linked-folder"), outside);
    Files.createSymbolicLink(root().resolve("linked-file"), canary);
    Files.createSymbolicLink(root().resolve("models/dangling"), outside.resolve("new"));

    for (String key : List.of("linked-folder/canary", "linked-file", "linked-folder/a/b")) {
      ObjectKey linked = ObjectKey.of(key);
      assertThatThrownBy(() -> store.find(linked)).hasMessageContaining("symbolic link");
      assertThatThrownBy(() -> store.open(linked)).hasMessageContaining("symbolic link");
      assertThatThrownBy(() -> store.delete(linked)).hasMessageContaining("symbolic link");
      assertThatThrownBy(() -> write(linked, "gone")).hasMessageContaining("symbolic link");
    }
    assertThatThrownBy(() -> write(ObjectKey.of("models/dangling"), "gone"))
        .hasMessageContaining("symbolic link");
    assertThat(list("linked-folder/")).isEmpty();
    assertThat(list("")).containsExactly(KEY.value());
    assertThat(canary).hasContent("sings");
    try (Stream<Path> files = Files.list(outside)) {
      assertThat(files).containsExactly(canary);
    }
  }

  @Test
  void hostileKeysTouchNothingOutside() throws IOException {
    write(KEY, "1");
    Path canary = Files.writeString(temporary.resolve("canary"), "sings");
    for (String name : HostileNames.ALL) {
      assertThatThrownBy(() -> write(ObjectKey.of(name), "gone"))
          .isInstanceOf(InvalidNameException.class);
      assertThatThrownBy(() -> store.delete(ObjectKey.of("models", name)))
          .isInstanceOf(InvalidNameException.class);
    }
    assertThat(canary).hasContent("sings");
    try (Stream<Path> files = Files.list(temporary)) {
      assertThat(files).containsExactlyInAnyOrder(canary, root());
    }
  }

  @Test
  void aRootBehindALinkIsFine() throws IOException {
    write(KEY, "1");
    Path link = Files.createSymbolicLink(temporary.resolve("link"), root());
    try (ObjectStore linked = ObjectStores.open(link.toString())) {
      assertThat(linked.readBytes(KEY, 10)).containsExactly('1');
    }
  }

  @Test
  void aFileWhereAFolderShouldBeIsNamed() throws IOException {
    write(ObjectKey.of("a"), "1");
    assertThatThrownBy(() -> write(ObjectKey.of("a/b"), "2"))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("found the file");
    assertThat(store.find(ObjectKey.of("a/b"))).isEmpty();
    assertThatThrownBy(() -> write(ObjectKey.of("a/b/c"), "2"))
        .isInstanceOf(ObjectStoreException.class);

    Path file = Files.writeString(temporary.resolve("file"), "");
    try (ObjectStore broken = ObjectStores.open(file.toString())) {
      assertThatThrownBy(() -> broken.find(KEY)).hasMessageContaining("found a file");
      assertThatThrownBy(() -> broken.writeBytes(KEY, new byte[0], Precondition.none()))
          .hasMessageContaining("found a file");
    }
  }

  @Test
  void aFolderIsNoObject() throws IOException {
    write(KEY, "1");
    ObjectKey folder = ObjectKey.of("models/m");
    assertThat(store.find(folder)).isEmpty();
    assertThat(store.delete(folder)).isFalse();
    assertThatThrownBy(() -> store.open(folder)).isInstanceOf(ObjectNotFoundException.class);
    assertThatThrownBy(() -> write(folder, "2")).isInstanceOf(IOException.class);
    assertThat(text(KEY)).isEqualTo("1");
  }

  private Path put(String content) throws IOException {
    Path file = root().resolve(KEY.value());
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }
}
