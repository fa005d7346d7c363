package app.mushroom.trainer.onnx;

import java.util.List;

/** A statement of TorchScript code. */
sealed interface Statement {
  /** {@code targets = value}; several targets take a tuple apart. */
  record Assign(List<String> targets, Expression value) implements Statement {}

  /** {@code if}; no statements without {@code else}. */
  record Branch(Expression condition, List<Statement> then, List<Statement> otherwise)
      implements Statement {}

  record Return(Expression value) implements Statement {}

  record Bare(Expression value) implements Statement {}

  /** A loop or anything else that networks of ours do not come to. */
  record Unknown(String line) implements Statement {}
}
