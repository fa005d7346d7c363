package app.mushroom.api.classifier;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Loads networks without network access and with one thread a call: ONNX files with ONNX Runtime,
 * TorchScript files with PyTorch. An engine that is not needed is not started.
 */
@Component
final class EngineClassifiers implements Classifiers {
  static {
    // Read once, when an engine starts. Parallel requests beat threads inside one request.
    setDefault("ai.djl.offline", "true");
    setDefault("OPT_OUT_TRACKING", "true");
    setDefault("ai.djl.pytorch.num_threads", "1");
    setDefault("ai.djl.pytorch.num_interop_threads", "1");
    // Else ONNX Runtime starts PyTorch beside it, for operations of which there are none here.
    setDefault("ai.djl.onnx.disable_alternative", "true");
  }

  private static final Map<String, String> ONE_THREAD =
      Map.of("intraOpNumThreads", "1", "interOpNumThreads", "1");

  /** The name of an extra input that tells PyTorch to call another method than forward. */
  private static final String CALL_MAPS = "module_method:maps";

  @Override
  public Classifier open(Path modelFile, int inputSize) {
    return modelFile.toString().endsWith(".onnx")
        ? open(modelFile, inputSize, "OnnxRuntime", ONE_THREAD, null)
        : open(modelFile, inputSize, "PyTorch", Map.of(), CALL_MAPS);
  }

  private static Classifier open(
      Path file,
      int inputSize,
      String engine,
      Map<String, String> options,
      @Nullable String callMaps) {
    Model model = start(engine);
    try {
      model.load(file, null, options);
      return new EngineClassifier(model, inputSize, callMaps);
    } catch (IOException | MalformedModelException | EngineException | IllegalArgumentException e) {
      model.close();
      throw new UnusableNetworkException(
          "Expected a network that %s can load, found one that it refuses.".formatted(engine), e);
    }
  }

  private static Model start(String engine) {
    try {
      return Model.newInstance("mushrooms", Device.cpu(), engine);
    } catch (EngineException | LinkageError e) {
      // Its libraries are unpacked when it starts, which a full or locked temporary folder
      // prevents.
      throw new UnusableNetworkException(
          "Expected %s to start here, found that it does not: %s".formatted(engine, e), e);
    }
  }

  private static void setDefault(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
