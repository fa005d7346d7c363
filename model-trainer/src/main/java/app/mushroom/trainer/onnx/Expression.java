package app.mushroom.trainer.onnx;

import java.util.List;
import java.util.Map;

/** An expression of TorchScript code. */
sealed interface Expression {
  /** A variable, or the first part of a qualified name. */
  record Name(String text) implements Expression {}

  /** A {@link Long}, {@link Double}, {@link Boolean}, {@link String} or None. */
  record Literal(Object value) implements Expression {}

  /** {@code of.name}. */
  record Member(Expression of, String name) implements Expression {}

  /** {@code callee(arguments, name=value)}. */
  record Call(Expression callee, List<Expression> arguments, Map<String, Expression> named)
      implements Expression {}

  /** A list or a tuple. */
  record Sequence(List<Expression> elements) implements Expression {}

  /** {@code of[position]}. */
  record Index(Expression of, Expression position) implements Expression {}
}
