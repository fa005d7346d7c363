package app.mushroom.trainer.training;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDList;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;

/** Backbones of DJL's own model zoo. */
public final class ModelZoo {

  private ModelZoo() {}

  /**
   * @param location such as {@code djl://ai.djl.pytorch/resnet18_embedding}
   * @throws IOException if the zoo has no such model or cannot be reached
   */
  public static Path fetch(String location, Path target) throws IOException {
    Criteria<NDList, NDList> criteria =
        Criteria.builder()
            .setTypes(NDList.class, NDList.class)
            .optModelUrls(location)
            .optEngine("PyTorch")
            .build();
    try (ZooModel<NDList, NDList> model = criteria.loadModel();
        Stream<Path> files = Files.walk(model.getModelPath())) {
      Optional<Path> script = files.filter(file -> file.toString().endsWith(".pt")).findFirst();
      return Files.copy(
          script.orElseThrow(
              () -> new IOException("The model at " + location + " has no TorchScript file.")),
          target,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (ModelNotFoundException | MalformedModelException e) {
      throw new IOException(
          "The backbone " + location + " could not be fetched: " + e.getMessage(), e);
    }
  }
}
