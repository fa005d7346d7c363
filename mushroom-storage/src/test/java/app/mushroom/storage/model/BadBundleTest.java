package app.mushroom.storage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Bundles as accidents and attackers leave them: refused in the store and in a folder alike. */
class BadBundleTest {
  @TempDir Path temporary;

  /** Does one thing wrong to a good bundle. */
  interface Harm {
    void to(Path bundle) throws IOException;
  }

  static Stream<Arguments> harms() {
    return Stream.of(
        harm("no manifest", b -> Files.delete(b.resolve("bundle.json")), "bundle.json"),
        harm("empty manifest", b -> write(b, "bundle.json", ""), "bundle.json"),
        harm("an HTML page", b -> write(b, "bundle.json", "<html>Sign in</html>"), "bundle.json"),
        harm("half a manifest", b -> write(b, "bundle.json", half(b)), "bundle.json"),
        harm("a manifest of 2 MB", b -> write(b, "bundle.json", " ".repeat(2_000_000)), "1000000"),
        harm("no schema", b -> edit(b, "\"schemaVersion\" : 1", "\"x\" : 1"), "schemaVersion"),
        harm("schema 2", b -> edit(b, "\"schemaVersion\" : 1", "\"schemaVersion\" : 2"), "found 2"),
        harm("a field twice", b -> edit(b, "{\n", "{\"schemaVersion\": 1,\n"), "Duplicate"),
        harm("no files", b -> edit(b, "\"files\" : [", "\"files\" : [], \"old\" : ["), "0 files"),
        harm("null files", b -> edit(b, "\"files\" : [", "\"files\" : null, \"o\" : ["), "files"),
        harm("no dataset", b -> edit(b, "\"dataset\"", "\"data\""), "dataset"),
        harm("a missing file", b -> Files.delete(b.resolve("labels.json")), "labels.json"),
        harm("an empty file", b -> write(b, "model.pt", ""), "model.pt"),
        harm("a truncated file", b -> write(b, "model.pt", "good of model."), "model.pt"),
        harm("a flipped byte", b -> write(b, "model.pt", "good of nodel.pt"), "SHA-256"),
        harm("a longer file", b -> write(b, "model.pt", "good of model.pt!"), "model.pt"),
        harm("a wrong hash", b -> edit(b, "\"sha256\" : \"", "\"sha256\" : \"0"), "sha256"),
        harm(
            "10 GB declared",
            b -> edit(b, "\"sizeBytes\" : ", "\"sizeBytes\" : 100000000"),
            "bytes"),
        harm("a negative size", b -> edit(b, "\"sizeBytes\" : ", "\"sizeBytes\" : -"), "bytes"),
        harm(
            "a size that is no number",
            b -> edit(b, "\"sizeBytes\" : ", "\"sizeBytes\" : {}, \"s\" : "),
            ""),
        harm("an unnamed file", b -> write(b, "serving.properties", "x"), "serving.properties"),
        harm("a jar inside", b -> write(b, "translator.jar", "PK"), "translator.jar"),
        harm(
            "a folder inside",
            b -> write(Files.createDirectory(b.resolve("classes")), "A.class", "x"),
            "classes"),
        harm("a name with a slash", b -> edit(b, "\"model.pt\"", "\"../model.pt\""), "file name"),
        harm("a backslash", b -> edit(b, "\"model.pt\"", "\"..\\\\model.pt\""), "file name"),
        harm("an absolute name", b -> edit(b, "\"model.pt\"", "\"/etc/passwd\""), "file name"),
        harm("an empty name", b -> edit(b, "\"model.pt\"", "\"\""), "file name"),
        harm("a hidden name", b -> edit(b, "\"model.pt\"", "\".model\""), "file name"),
        harm("a file twice", b -> edit(b, "\"model.pt\"", "\"labels.json\""), "labels.json again"),
        harm("twice but for case", b -> edit(b, "\"model.pt\"", "\"Labels.json\""), "again"),
        harm("itself", b -> edit(b, "\"model.pt\"", "\"bundle.json\""), "bundle.json"),
        harm(
            "a version that climbs",
            b -> edit(b, "\"version\" : \"1\"", "\"version\" : \"../2\""),
            "version"),
        harm(
            "a model that climbs",
            b -> edit(b, "\"name\" : \"mushrooms\"", "\"name\" : \"../m\""),
            "model"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("harms")
  void isRefusedInTheStoreAndNothingIsLeft(String name, Harm harm, String message)
      throws IOException {
    Path root = temporary.resolve("store");
    Path bundle = root.resolve("models/mushrooms/1");
    Path fresh = temporary.resolve("fresh");
    try (ObjectStore store = ObjectStores.open(root.toString())) {
      ModelRegistry registry = new ModelRegistry(store, Clock.systemUTC());
      registry.publish(Bundles.draft(), Bundles.folder(temporary, "good"));
      harm.to(bundle);

      // With its checksums, and as if it had been copied there by hand.
      for (int round = 0; round < 2; round++) {
        assertThatThrownBy(() -> registry.fetch("mushrooms", "1", fresh))
            .as(name)
            .isInstanceOf(BundleRejectedException.class)
            .hasMessageContaining(round == 0 ? "" : message)
            .hasMessageContaining("expected");
        if (Files.exists(fresh)) {
          assertThat(fresh).isEmptyDirectory();
        }
        forgetSeals(root);
      }
    }
    assertThat(temporary.resolve("model.pt")).doesNotExist();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("harms")
  void isRefusedInAFolder(String name, Harm harm, String message) throws IOException {
    Path bundle = temporary.resolve("bundle");
    try (ObjectStore store = ObjectStores.open(temporary.resolve("store").toString())) {
      ModelRegistry registry = new ModelRegistry(store, Clock.systemUTC());
      registry.publish(Bundles.draft(), Bundles.folder(temporary, "good"));
      registry.fetch("mushrooms", "1", bundle);
    }
    assertThat(ModelRegistry.verify(bundle).manifest().version()).isEqualTo("1");
    harm.to(bundle);

    assertThatThrownBy(() -> ModelRegistry.verify(bundle))
        .as(name)
        .isInstanceOf(BundleRejectedException.class)
        .hasMessageContaining(bundle.toString())
        .hasMessageContaining("expected");
  }

  @Test
  void aLinkInAFolderIsRefused() throws IOException {
    Path bundle = temporary.resolve("bundle");
    try (ObjectStore store = ObjectStores.open(temporary.resolve("store").toString())) {
      ModelRegistry registry = new ModelRegistry(store, Clock.systemUTC());
      registry.publish(Bundles.draft(), Bundles.folder(temporary, "good"));
      registry.fetch("mushrooms", "1", bundle);
    }
    Path elsewhere = Files.move(bundle.resolve("model.pt"), temporary.resolve("elsewhere"));
    Files.createSymbolicLink(bundle.resolve("model.pt"), elsewhere);

    assertThatThrownBy(() -> ModelRegistry.verify(bundle))
        .isInstanceOf(BundleRejectedException.class)
        .hasMessageContaining("link");
    assertThatThrownBy(() -> ModelRegistry.verify(temporary.resolve("none")))
        .isInstanceOf(BundleRejectedException.class);
  }

  private static Arguments harm(String name, Harm harm, String message) {
    return Arguments.of(name, harm, message);
  }

  private static void write(Path bundle, String name, String content) throws IOException {
    Files.writeString(bundle.resolve(name), content);
  }

  private static void edit(Path bundle, String old, String young) throws IOException {
    Path manifest = bundle.resolve("bundle.json");
    String json = Files.readString(manifest, StandardCharsets.UTF_8);
    assertThat(json).contains(old);
    Files.writeString(
        manifest, json.replaceFirst(Pattern.quote(old), Matcher.quoteReplacement(young)));
  }

  private static String half(Path bundle) throws IOException {
    String json = Files.readString(bundle.resolve("bundle.json"));
    return json.substring(0, json.length() / 2);
  }

  private static void forgetSeals(Path root) throws IOException {
    try (Stream<Path> seals = Files.walk(root.resolve(".mushroom/seals"))) {
      for (Path seal : seals.filter(Files::isRegularFile).toList()) {
        Files.delete(seal);
      }
    }
  }
}
