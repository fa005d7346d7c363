package app.mushroom.storage;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/** A Google Cloud Storage server in a container. */
final class FakeGcs implements AutoCloseable {
  private static final String IMAGE = "fsouza/fake-gcs-server:1.52.2";
  private static final int PORT = 4443;

  private final GenericContainer<?> container;
  private final HttpClient client = HttpClient.newHttpClient();

  FakeGcs() throws IOException, InterruptedException {
    container =
        new GenericContainer<>(IMAGE)
            .withExposedPorts(PORT)
            .withCommand("-scheme", "http", "-port", Integer.toString(PORT))
            .waitingFor(Wait.forHttp("/_internal/healthcheck").forPort(PORT));
    Engine.start(container);
    externalUrl(url());
  }

  URI url() {
    return URI.create("http://" + container.getHost() + ":" + container.getMappedPort(PORT));
  }

  /** Where clients are told to send the next chunk of an upload. */
  void externalUrl(URI url) throws IOException, InterruptedException {
    send("PUT", "/_internal/config", "{\"externalUrl\": \"" + url + "\"}");
  }

  void createBucket(String name) throws IOException, InterruptedException {
    send("POST", "/storage/v1/b?project=test", "{\"name\": \"" + name + "\"}");
  }

  private void send(String method, String path, String json)
      throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(
            HttpRequest.newBuilder(url().resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .header("Content-Type", "application/json")
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(method + " " + path + ": " + response.statusCode() + response.body());
    }
  }

  static Map<String, String> environment(URI url) {
    return Map.of("STORAGE_EMULATOR_HOST", url.toString());
  }

  @Override
  public void close() {
    container.stop();
  }
}
