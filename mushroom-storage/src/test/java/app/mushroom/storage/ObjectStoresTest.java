package app.mushroom.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectStoresTest {
  @TempDir Path folder;

  @Test
  void aPathOrAFileUriIsAFolder() throws IOException {
    try (ObjectStore byPath = ObjectStores.open(folder.toString());
        ObjectStore byUri = ObjectStores.open(folder.toUri().toString())) {
      assertThat(byPath.location()).isEqualTo(folder.toString());
      assertThat(byUri.location()).isEqualTo(folder.toString());
    }
    try (ObjectStore relative = ObjectStores.open("persistent-folder/")) {
      assertThat(Path.of(relative.location())).isAbsolute().hasFileName("persistent-folder");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"gs://bucket", "gs://bucket/", "gs://bucket/prefix", "gs://my_bucket.2/a/b/c/"})
  void aBucketMayHaveAPrefix(String location) throws IOException {
    Map<String, String> emulator = Map.of("STORAGE_EMULATOR_HOST", "localhost:1");
    try (ObjectStore store = GcsObjectStore.open(location, emulator)) {
      assertThat(store.location()).isEqualTo(location.replaceAll("/$", ""));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "s3://bucket",
        "http://localhost/",
        "gs://",
        "gs:///prefix",
        "gs://B",
        "gs://bucket//",
        "gs://bucket/../other",
        "gs://bucket/.mushroom",
        "file:relative",
        "file://host/share",
        "a\u0000b"
      })
  void anythingElseIsRefusedAndTheMessageSaysWhatIsExpected(String location) {
    assertThatThrownBy(() -> ObjectStores.open(location))
        .isInstanceOf(InvalidNameException.class)
        .hasMessageContaining("expected");
  }

  @Test
  void withoutCredentialsTheMessageSaysWhereToPutThem() throws Exception {
    Map<String, String> noKey = Map.of("GOOGLE_APPLICATION_CREDENTIALS", "/no/such/key.json");
    try (OtherJvm jvm = OtherJvm.start(Opening.class, "128m", noKey)) {
      assertThat(jvm.line())
          .startsWith("Cannot open gs://some-bucket: expected credentials for Google Cloud")
          .contains("/no/such/key.json")
          .contains("Set GOOGLE_APPLICATION_CREDENTIALS to the path of a service account key");
      assertThat(jvm.exitCode()).isZero();
    }
  }

  /** Opens a bucket in a process that has no credentials. */
  static final class Opening {
    public static void main(String[] arguments) throws IOException {
      try (ObjectStore store = ObjectStores.open("gs://some-bucket")) {
        System.out.println("opened " + store.location());
      } catch (ObjectStoreException e) {
        System.out.println(e.getMessage());
      }
    }
  }
}
