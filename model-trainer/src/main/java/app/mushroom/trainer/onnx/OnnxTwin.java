package app.mushroom.trainer.onnx;

import app.mushroom.trainer.onnx.OnnxFile.Output;
import app.mushroom.trainer.torchscript.Script;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the twin of a classifier: the same network as ONNX, for photos of one size, batch norms
 * folded into the convolutions before them.
 *
 * <p>The input {@code pixels} is (N, 3, size, size). The outputs are {@code logits} (N, K) and
 * {@code embedding} (N, D), and where the module has {@code maps(x)} also {@code map} (N, D, h, w)
 * and {@code head_weight} (K, D).
 */
public final class OnnxTwin {
  private static final List<String> OUTPUTS = List.of("logits", "embedding", "map", "head_weight");

  private OnnxTwin() {}

  /**
   * @param network TorchScript, as {@code ClassifierScript} writes it
   * @param target is written
   * @param size side of the photos in pixels
   * @throws NoTwinException if the network does something that we cannot write; nothing is written
   */
  public static void write(Path network, Path target, int size)
      throws IOException, NoTwinException {
    Script script = Script.read(network);
    Graph graph = new Graph();
    Interpreter interpreter = new Interpreter(script, graph);
    Value pixels = graph.input("pixels", List.of(1L, 3L, (long) size, (long) size));
    String method = interpreter.has(script.root(), "maps") ? "maps" : "forward";
    Object result = interpreter.call(script.root(), method, List.of(pixels));
    OnnxFile.write(target, pixels, outputs(result));
  }

  private static List<Output> outputs(Object result) throws NoTwinException {
    if (!(result instanceof List<?> tensors)
        || (tensors.size() != 2 && tensors.size() != OUTPUTS.size())) {
      throw new NoTwinException("it returns something else than a classifier does");
    }
    List<Output> outputs = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      if (!(tensors.get(i) instanceof Value value)) {
        throw new NoTwinException("it returns what is no tensor");
      }
      outputs.add(new Output(OUTPUTS.get(i), value));
    }
    return outputs;
  }
}
