package app.mushroom.trainer.cli;

import app.mushroom.storage.ObjectKey;
import app.mushroom.storage.ObjectStore;
import app.mushroom.storage.ObjectStores;
import app.mushroom.trainer.training.ModelZoo;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** A backbone by where it lies: a file, {@code gs://}, {@code https://} or {@code djl://}. */
final class Backbone {

  private static final long MAX_BYTES = 2_000_000_000L;

  private Backbone() {}

  /**
   * @param work where a fetched backbone goes
   * @return a TorchScript file on a local disk
   */
  static Path fetch(String location, Path work) throws IOException, InterruptedException {
    Path target = work.resolve("backbone.pt");
    if (location.startsWith("gs://")) {
      int slash = location.lastIndexOf('/');
      try (ObjectStore store = ObjectStores.open(location.substring(0, slash));
          InputStream in = store.open(ObjectKey.of(location.substring(slash + 1)))) {
        copy(in, target, location);
      }
      return target;
    }
    if (location.startsWith("https://")) {
      return download(location, target);
    }
    if (location.startsWith("djl://")) {
      return ModelZoo.fetch(location, target);
    }
    if (location.contains("://")) {
      throw new IOException(
          "Expected --backbone to be a file, gs://, https:// or djl:// location, found "
              + location
              + ".");
    }
    Path file = Path.of(location);
    if (!Files.isRegularFile(file)) {
      throw new IOException(
          "There is no backbone file "
              + file.toAbsolutePath()
              + ". Name a TorchScript file with --backbone, or one of DJL's model zoo such as"
              + " djl://ai.djl.pytorch/resnet18_embedding.");
    }
    return file;
  }

  /** The file's name without its ending and without "_embedding". */
  static String architecture(String location) {
    String name = location.substring(location.lastIndexOf('/') + 1);
    name = name.replaceFirst("\\.(pt|pth)$", "").replaceFirst("_embedding$", "");
    return name.isBlank() ? "unknown" : name;
  }

  private static Path download(String location, Path target)
      throws IOException, InterruptedException {
    HttpClient client =
        HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(20))
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(location)).timeout(Duration.ofMinutes(10)).build();
    HttpResponse<InputStream> response =
        client.send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream in = response.body()) {
      if (response.statusCode() != 200) {
        throw new IOException(
            "Expected the backbone at "
                + location
                + ", found HTTP status "
                + response.statusCode()
                + ".");
      }
      copy(in, target, location);
    }
    return target;
  }

  private static void copy(InputStream in, Path target, String location) throws IOException {
    long copied = 0;
    byte[] buffer = new byte[1 << 16];
    try (var out = Files.newOutputStream(target)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        copied += read;
        if (copied > MAX_BYTES) {
          throw new IOException("The backbone at " + location + " is larger than 2 GB.");
        }
        out.write(buffer, 0, read);
      }
    }
  }
}
