package app.mushroom.trainer.torchscript;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A TorchScript archive as data: a tree of objects, their code as text, their tensors. */
public final class Script {
  private final ScriptArchive archive;
  private final ScriptObject root;

  private Script(ScriptArchive archive, ScriptObject root) {
    this.archive = archive;
    this.root = root;
  }

  /**
   * @throws NotTorchScriptException if the file is no such archive
   */
  public static Script read(Path file) throws IOException {
    ScriptArchive archive = ScriptArchive.read(file);
    return new Script(archive, new Unpickler(file, archive.get("data.pkl")).parse());
  }

  public ScriptObject root() {
    return root;
  }

  /**
   * The code of a module.
   *
   * @param module its qualified name, such as {@code __torch__.torch.nn.functional}
   */
  public Optional<String> code(String module) {
    String file = "code/" + module.replace('.', '/') + ".py";
    return archive.has(file) ? Optional.of(archive.text(file)) : Optional.empty();
  }

  /**
   * The values of a tensor of floats in row-major order.
   *
   * @throws IllegalArgumentException if it holds something else
   */
  public float[] floats(ScriptTensor tensor) {
    return tensor.floats(archive.get("data/" + tensor.key()));
  }
}
