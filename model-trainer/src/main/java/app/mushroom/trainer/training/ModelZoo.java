package app.mushroom.trainer.training;

import ai.djl.repository.Artifact;
import ai.djl.repository.MRL;
import ai.djl.repository.RemoteRepository;
import ai.djl.repository.Repository;
import ai.djl.repository.zoo.ModelLoader;
import ai.djl.util.Utils;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Backbones of DJL's own model zoo, kept in DJL's cache once fetched. Only the TorchScript file is
 * taken: loading a model of the zoo as such would run code that lies beside it.
 */
public final class ModelZoo {

  private static final URI ZOO = URI.create("https://mlrepo.djl.ai/");

  private ModelZoo() {}

  /**
   * @param location such as {@code djl://ai.djl.pytorch/resnet18_embedding}
   * @return the TorchScript file, which must not be changed: it may lie in the cache
   * @throws IOException if the zoo has no such model or cannot be reached; the message says how to
   *     fetch it by hand
   */
  public static Path fetch(String location) throws IOException {
    return fetch(location, ZOO, Utils.isOfflineMode());
  }

  static Path fetch(String location, URI zoo, boolean offline) throws IOException {
    Repository repository = new RemoteRepository("zoo", zoo);
    MRL model = model(location, repository);
    URI folder = zoo.resolve(model.toURI());
    try {
      Path cached = repository.getCacheDirectory().resolve(model.toURI().getPath());
      boolean listed = Files.exists(cached.resolve("metadata.json"));
      if (offline && !listed) {
        throw new IOException("DJL is told to work offline, and the model is not in its cache");
      }
      Artifact artifact = model.getDefaultArtifact();
      if (artifact == null) {
        throw new IOException("the zoo lists no version of it");
      }
      if (offline && !model.isPrepared(artifact)) {
        throw new IOException("DJL is told to work offline, and the model is not in its cache");
      }
      model.prepare(artifact, null);
      return script(repository.getResourceDirectory(artifact));
    } catch (IOException e) {
      throw new IOException(
          "The backbone "
              + location
              + " cannot be fetched from "
              + zoo.getHost()
              + " ("
              + reason(e)
              + "). On a machine that reaches it, read "
              + folder
              + "metadata.json, download the file it names, unpack it, and name the .pt file with"
              + " --backbone.",
          e);
    }
  }

  private static MRL model(String location, Repository repository) throws IOException {
    String[] parts = location.substring("djl://".length()).split("/");
    ai.djl.repository.zoo.ModelZoo zoo = ai.djl.repository.zoo.ModelZoo.getModelZoo(parts[0]);
    if (zoo == null || parts.length < 2 || parts.length > 3) {
      throw new IOException(
          "Expected a model such as djl://ai.djl.pytorch/resnet18_embedding, found "
              + location
              + ".");
    }
    ModelLoader loader = zoo.getModelLoader(parts[1]);
    if (loader == null) {
      List<String> known =
          zoo.getModelLoaders().stream().map(ModelLoader::getArtifactId).sorted().toList();
      throw new IOException(
          "Expected one of the models of " + parts[0] + ", " + known + ", found " + parts[1] + ".");
    }
    String version = parts.length == 3 ? parts[2] : null;
    return repository.model(loader.getApplication(), parts[0], parts[1], version);
  }

  private static Path script(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      Optional<Path> script =
          files.filter(file -> file.getFileName().toString().endsWith(".pt")).sorted().findFirst();
      return script.orElseThrow(() -> new IOException("it has no TorchScript file"));
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null
        ? e.getClass().getSimpleName()
        : e.getClass() == IOException.class
            ? e.getMessage()
            : e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
