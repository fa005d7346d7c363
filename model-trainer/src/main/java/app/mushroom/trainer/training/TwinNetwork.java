package app.mushroom.trainer.training;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import app.mushroom.trainer.dataset.Batch;
import java.io.IOException;
import java.nio.file.Path;

/** The twin of a network in ONNX, run as servers run it: whatever is wrong with it is an error. */
public final class TwinNetwork implements AutoCloseable {
  static {
    // Else the engine starts PyTorch for operations that it lacks, of which there are none here.
    if (System.getProperty("ai.djl.onnx.disable_alternative") == null) {
      System.setProperty("ai.djl.onnx.disable_alternative", "true");
    }
  }

  private final Path file;
  private final Model model;
  private final Predictor<NDList, NDList> predictor;

  private TwinNetwork(Path file, Model model) {
    this.file = file;
    this.model = model;
    this.predictor = model.newPredictor(new NoopTranslator());
  }

  /**
   * @throws IOException if the engine cannot load the file
   */
  public static TwinNetwork open(Path file) throws IOException {
    Model model = engine();
    try {
      model.load(file);
      return new TwinNetwork(file, model);
    } catch (MalformedModelException | EngineException e) {
      model.close();
      throw new IOException(
          "Expected " + file.getFileName() + " to be an ONNX network, found: " + firstLine(e), e);
    } catch (IOException e) {
      model.close();
      throw e;
    }
  }

  private static Model engine() throws IOException {
    try {
      return Model.newInstance("twin", Device.cpu(), "OnnxRuntime");
    } catch (EngineException | LinkageError e) {
      // Its libraries are unpacked when it starts, which a full or locked temporary folder
      // prevents.
      throw new IOException("ONNX Runtime does not start here: " + firstLine(e), e);
    }
  }

  /**
   * @throws IOException if the network does not answer with (logits, embedding)
   */
  public Outputs outputs(Batch batch) throws IOException {
    try (NDManager scope = model.getNDManager().newSubManager()) {
      NDList out = predictor.predict(new NDList(Outputs.tensor(scope, batch)));
      out.attach(scope);
      return Outputs.of(out, batch.count());
    } catch (TranslateException | EngineException | IndexOutOfBoundsException e) {
      throw new IOException(
          "Expected "
              + file.getFileName()
              + " to answer a batch with (logits, embedding), found: "
              + firstLine(e),
          e);
    }
  }

  private static String firstLine(Throwable failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("no message");
  }

  @Override
  public void close() {
    predictor.close();
    model.close();
  }
}
