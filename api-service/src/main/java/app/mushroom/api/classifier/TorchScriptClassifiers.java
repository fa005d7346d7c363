package app.mushroom.api.classifier;

import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** Loads TorchScript files with PyTorch, without network access and with one thread a call. */
@Component
final class TorchScriptClassifiers implements Classifiers {
  static {
    // Read once, when the engine starts. Parallel requests beat threads inside one request.
    setDefault("ai.djl.offline", "true");
    setDefault("OPT_OUT_TRACKING", "true");
    setDefault("ai.djl.pytorch.num_threads", "1");
    setDefault("ai.djl.pytorch.num_interop_threads", "1");
  }

  @Override
  public Classifier open(Path modelFile, int inputSize) {
    Model model = Model.newInstance("mushrooms", "PyTorch");
    try {
      model.load(modelFile);
      return new TorchScriptClassifier(model, inputSize);
    } catch (IOException | MalformedModelException | EngineException | IllegalArgumentException e) {
      model.close();
      throw new UnusableNetworkException(
          "Expected a TorchScript file that PyTorch can load, found one that it refuses.", e);
    }
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
