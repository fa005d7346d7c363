package app.mushroom.trainer.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectNotFoundException;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.storage.Precondition;
import app.mushroom.storage.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackboneTest {

  @TempDir Path folder;

  private final List<String> said = new ArrayList<>();

  @Test
  void takesAFileWhereItLies() throws Exception {
    Path file = Files.write(folder.resolve("resnet18_embedding.pt"), new byte[] {1, 2});
    Backbone backbone = Backbone.fetch(file.toString(), work(), said::add);
    assertThat(backbone.file()).isEqualTo(file);
    assertThat(backbone.sha256()).isEqualTo(Sha256.of(new byte[] {1, 2}));
    assertThat(backbone.recordedAs()).isEqualTo("resnet18_embedding.pt");
    assertThat(backbone.architecture()).isEqualTo("resnet18");
    assertThat(said).isEmpty();
  }

  @Test
  void copiesAnObjectOfABucketAndTellsItsHash() throws Exception {
    try (ObjectStore bucket = bucket()) {
      bucket.writeBytes(ObjectKey.of("net.pt"), new byte[] {1, 2, 3}, Precondition.none());
    }
    List<String> opened = new ArrayList<>();
    Backbone backbone =
        Backbone.fetch(
            "gs://bucket/some/nets/net.pt",
            work(),
            said::add,
            location -> {
              opened.add(location);
              return bucket();
            });
    assertThat(opened).containsExactly("gs://bucket/some/nets");
    assertThat(backbone.file()).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(backbone.recordedAs()).isEqualTo("gs://bucket/some/nets/net.pt");
    assertThat(said).last().asString().contains("SHA-256 " + backbone.sha256());
  }

  @Test
  void anObjectThatIsNotThereLeavesNothing() throws Exception {
    assertThatThrownBy(
            () -> Backbone.fetch("gs://bucket/net.pt", work(), said::add, location -> bucket()))
        .isInstanceOf(ObjectNotFoundException.class)
        .hasMessageContaining("net.pt");
    assertThat(work()).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.org/net.pt",
        "s3://bucket/net.pt",
        "file:///net.pt",
        "gs://bucket",
        "gs://bucket/",
        "https://",
        "https:///net.pt",
        "https://exa mple/net.pt",
        "none.pt",
        "",
        "djl://",
        "djl://ai.djl.pytorch/none"
      })
  void refusesWhatIsNoPlaceOfABackbone(String location) throws Exception {
    assertThatThrownBy(() -> Backbone.fetch(location, work(), said::add))
        .isInstanceOf(IOException.class)
        .message()
        .isNotBlank();
    assertThat(work()).isEmptyDirectory();
  }

  @ParameterizedTest
  @CsvSource({
    "https://host.org/a/net.pt?X-Goog-Signature=secret, https://host.org/a/net.pt",
    "https://me:secret@host.org:8443/net.pt#secret, https://host.org:8443/net.pt",
    "https://secret@host.org?secret, https://host.org",
    "https://host.org/a@b.pt, https://host.org/a@b.pt",
    "gs://bucket/a?b#c.pt, gs://bucket/a?b#c.pt",
    "djl://ai.djl.pytorch/resnet18_embedding, djl://ai.djl.pytorch/resnet18_embedding"
  })
  void recordsNoSecretsOfAnAddress(String location, String recorded) {
    Backbone backbone = new Backbone(location, folder, "");
    assertThat(backbone.recordedAs()).isEqualTo(recorded);
    assertThat(backbone.place()).isEqualTo(recorded);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https:///net.pt?signature=secret",
        "https://exa mple/net.pt?signature=secret",
        "https://me:secret@/net.pt",
        "http://me:secret@host.org/net.pt",
        "s3://bucket/net.pt?signature=secret#secret"
      })
  void showsNoSecretsOfAnAddress(String location) {
    assertThatThrownBy(() -> Backbone.fetch(location, work(), said::add))
        .isInstanceOf(IOException.class)
        .hasMessageNotContaining("secret");
    assertThat(said).noneMatch(line -> line.contains("secret"));
  }

  @ParameterizedTest
  @CsvSource({
    "nets/resnet18_embedding.pt, resnet18",
    "net.pth, net",
    "https://example.org/a/net.pt?download=1#x, net",
    "djl://ai.djl.pytorch/resnet18_embedding, resnet18",
    "gs://bucket/efficientnetv2b0_embedding.pt, efficientnetv2b0",
    ".pt, unknown"
  })
  void namesTheNetworkAfterItsFile(String location, String name) {
    assertThat(new Backbone(location, folder, "").architecture()).isEqualTo(name);
  }

  private ObjectStore bucket() throws IOException {
    return ObjectStores.open(folder.resolve("bucket").toString());
  }

  private Path work() throws IOException {
    return Files.createDirectories(folder.resolve("work"));
  }
}
