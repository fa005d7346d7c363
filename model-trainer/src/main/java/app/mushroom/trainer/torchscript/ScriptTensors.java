package app.mushroom.trainer.torchscript;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The tensors of a TorchScript archive by their path in the module tree, BatchNorm's statistics
 * included, as raw little-endian bytes.
 */
public final class ScriptTensors {

  private ScriptTensors() {}

  /**
   * @return tensor bytes by dotted path, such as {@code backbone.stem.1.running_mean}
   * @throws NotTorchScriptException if the file is not such an archive
   */
  public static Map<String, byte[]> read(Path file) throws IOException {
    ScriptArchive archive = ScriptArchive.read(file);
    Map<String, byte[]> tensors = new LinkedHashMap<>();
    collect("", new Unpickler(file, archive.get("data.pkl")).parse(), archive, tensors);
    return tensors;
  }

  private static void collect(
      String path, Object value, ScriptArchive archive, Map<String, byte[]> tensors) {
    if (value instanceof ScriptTensor tensor) {
      tensors.put(path, archive.get("data/" + tensor.key()));
    } else if (value instanceof ScriptObject object) {
      object
          .attributes()
          .forEach(
              (name, part) ->
                  collect(path.isEmpty() ? name : path + "." + name, part, archive, tensors));
    }
  }
}
