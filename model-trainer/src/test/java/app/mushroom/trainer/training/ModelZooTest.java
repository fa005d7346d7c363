package app.mushroom.trainer.training;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.mushroom.trainer.torchscript.TinyBackbone;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zoo's way of listing and packing, on a server of this machine. */
class ModelZooTest {

  private static final String LOCATION = "djl://ai.djl.pytorch/resnet18_embedding";
  private static final String FOLDER =
      "/model/cv/image_classification/ai/djl/pytorch/resnet18_embedding/";
  private static final String CACHE = "DJL_CACHE_DIR";

  @TempDir Path folder;

  private final Map<String, byte[]> files = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private HttpServer server;
  private URI zoo;

  @BeforeEach
  void start() throws Exception {
    System.setProperty(CACHE, folder.resolve("cache").toString());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          asked.add(path);
          byte[] body = files.get(path);
          exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
          if (body != null) {
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
    zoo = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  @AfterEach
  void stop() {
    server.stop(0);
    System.clearProperty(CACHE);
  }

  @Test
  void fetchesTheScriptAndKeepsIt() throws Exception {
    byte[] script = Files.readAllBytes(TinyBackbone.write(folder.resolve("tiny.pt")));
    list("resnet18_embedding.pt", script, null);
    assertThat(ModelZoo.fetch(LOCATION, zoo, false)).hasBinaryContent(script);
    assertThat(asked)
        .containsExactly(FOLDER + "metadata.json", FOLDER + "0.0.1/resnet18_embedding.zip");
    asked.clear();
    assertThat(ModelZoo.fetch(LOCATION, zoo, true)).hasBinaryContent(script);
    assertThat(asked).isEmpty();
  }

  @Test
  void asksNobodyWhenOfflineAndSaysSo() {
    assertThatThrownBy(() -> ModelZoo.fetch(LOCATION, zoo, true))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("offline")
        .hasMessageContaining("127.0.0.1")
        .hasMessageContaining("--backbone");
    assertThat(asked).isEmpty();
  }

  @Test
  void saysWhatToDoWhereTheZooIsNotReached() {
    server.stop(0);
    assertThatThrownBy(() -> ModelZoo.fetch(LOCATION, zoo, false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(LOCATION)
        .hasMessageContaining("from 127.0.0.1")
        .hasMessageContaining(FOLDER.substring(1) + "metadata.json")
        .hasMessageContaining("name the .pt file with --backbone");
  }

  @Test
  void refusesADamagedArchive() throws Exception {
    list("resnet18_embedding.pt", new byte[] {1, 2, 3}, "0".repeat(40));
    assertThatThrownBy(() -> ModelZoo.fetch(LOCATION, zoo, false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Checksum");
    assertThatThrownBy(() -> ModelZoo.fetch(LOCATION, zoo, true))
        .as("nothing of it is kept")
        .isInstanceOf(IOException.class);
  }

  @Test
  void refusesAModelWithoutAScript() throws Exception {
    list("params.bin", new byte[] {1, 2, 3}, null);
    assertThatThrownBy(() -> ModelZoo.fetch(LOCATION, zoo, false))
        .hasMessageContaining("no TorchScript file");
  }

  @Test
  void refusesWhatTheZooDoesNotHave() {
    assertThatThrownBy(() -> ModelZoo.fetch("djl://ai.djl.pytorch/resnet99", zoo, false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("resnet18_embedding")
        .hasMessageContaining("found resnet99");
    assertThatThrownBy(() -> ModelZoo.fetch("djl://no.such.zoo/resnet", zoo, false))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("djl://ai.djl.pytorch/resnet18_embedding");
    assertThatThrownBy(() -> ModelZoo.fetch("djl://ai.djl.pytorch", zoo, false))
        .isInstanceOf(IOException.class);
    assertThat(asked).isEmpty();
  }

  private void list(String name, byte[] content, String sha1) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(content);
      zip.closeEntry();
    }
    byte[] archive = bytes.toByteArray();
    String hash =
        sha1 != null
            ? sha1
            : HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(archive));
    files.put(FOLDER + "0.0.1/resnet18_embedding.zip", archive);
    files.put(
        FOLDER + "metadata.json",
        """
        {"metadataVersion": "0.1", "resourceType": "model", "name": "resnet18_embedding",
         "application": "cv/image_classification",
         "groupId": "ai.djl.pytorch", "artifactId": "resnet18_embedding",
         "artifacts": [{"version": "0.0.1", "snapshot": false, "name": "resnet18_embedding",
           "files": {"model": {"uri": "0.0.1/resnet18_embedding.zip", "name": "",
             "sha1Hash": "%s", "size": %d}}}]}
        """
            .formatted(hash, archive.length)
            .getBytes(UTF_8));
  }
}
