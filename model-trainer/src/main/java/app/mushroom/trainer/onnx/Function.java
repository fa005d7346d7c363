package app.mushroom.trainer.onnx;

import java.util.List;

/**
 * A function or method of TorchScript code.
 *
 * @param parameters their names, {@code self} included
 */
record Function(List<String> parameters, List<Statement> body) {}
