package app.mushroom.trainer.torchscript;

import java.io.IOException;
import java.nio.file.Path;

/** A file that was named as a backbone and is not a TorchScript module this trainer can use. */
public final class NotTorchScriptException extends IOException {

  private static final long serialVersionUID = 1;

  NotTorchScriptException(Path file, String found) {
    super(
        "Expected a TorchScript module (a .pt file written by torch.jit.save) in "
            + file
            + ", but "
            + found
            + ". Name another file with --backbone.");
  }
}
