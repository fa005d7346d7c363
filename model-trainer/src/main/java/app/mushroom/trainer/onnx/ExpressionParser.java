package app.mushroom.trainer.onnx;

import app.mushroom.trainer.onnx.Expression.Call;
import app.mushroom.trainer.onnx.Expression.Index;
import app.mushroom.trainer.onnx.Expression.Literal;
import app.mushroom.trainer.onnx.Expression.Member;
import app.mushroom.trainer.onnx.Expression.Name;
import app.mushroom.trainer.onnx.Expression.Sequence;
import app.mushroom.trainer.torchscript.ScriptObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses expressions as {@code torch.jit.save} writes them: calls and literals, no operators. */
final class ExpressionParser {
  private final Tokens tokens;

  ExpressionParser(Tokens tokens) {
    this.tokens = tokens;
  }

  Expression parse() throws NoTwinException {
    Expression expression = primary();
    while (true) {
      if (tokens.takeIf(".")) {
        expression = new Member(expression, tokens.take());
      } else if (tokens.takeIf("(")) {
        expression = call(expression);
      } else if (tokens.takeIf("[")) {
        List<Expression> positions = until("]");
        expression =
            new Index(
                expression, positions.size() == 1 ? positions.get(0) : new Sequence(positions));
      } else {
        return expression;
      }
    }
  }

  private Call call(Expression callee) throws NoTwinException {
    List<Expression> arguments = new ArrayList<>();
    Map<String, Expression> named = new LinkedHashMap<>();
    while (!tokens.takeIf(")")) {
      if (tokens.peekSecond().equals("=")) {
        String name = tokens.take();
        tokens.expect("=");
        named.put(name, parse());
      } else {
        arguments.add(parse());
      }
      if (!tokens.takeIf(",") && !tokens.peek().equals(")")) {
        throw tokens.unreadable();
      }
    }
    return new Call(callee, arguments, named);
  }

  private List<Expression> until(String end) throws NoTwinException {
    List<Expression> elements = new ArrayList<>();
    while (!tokens.takeIf(end)) {
      elements.add(parse());
      if (!tokens.takeIf(",") && !tokens.peek().equals(end)) {
        throw tokens.unreadable();
      }
    }
    return elements;
  }

  private Expression primary() throws NoTwinException {
    String word = tokens.take();
    return switch (word) {
      case "True" -> new Literal(true);
      case "False" -> new Literal(false);
      case "None" -> new Literal(ScriptObject.NONE);
      case "[" -> new Sequence(until("]"));
      case "(" -> parenthesis();
      case "-" -> negative(primary());
      default -> atom(word);
    };
  }

  /** {@code (x)} is x, {@code (x,)} and {@code (x, y)} are tuples. */
  private Expression parenthesis() throws NoTwinException {
    if (tokens.takeIf(")")) {
      return new Sequence(List.of());
    }
    Expression first = parse();
    if (tokens.takeIf(")")) {
      return first;
    }
    tokens.expect(",");
    List<Expression> elements = new ArrayList<>(List.of(first));
    elements.addAll(until(")"));
    return new Sequence(elements);
  }

  private Expression negative(Expression of) throws NoTwinException {
    if (of instanceof Literal literal && literal.value() instanceof Long number) {
      return new Literal(-number);
    }
    if (of instanceof Literal literal && literal.value() instanceof Double number) {
      return new Literal(-number);
    }
    throw tokens.unreadable();
  }

  private Expression atom(String word) throws NoTwinException {
    char first = word.charAt(0);
    if (first == '"') {
      return new Literal(word.substring(1, word.length() - 1));
    }
    if (Character.isDigit(first)) {
      boolean isWhole = word.chars().allMatch(Character::isDigit);
      try {
        return new Literal(isWhole ? (Object) Long.valueOf(word) : Double.valueOf(word));
      } catch (NumberFormatException e) {
        throw tokens.unreadable();
      }
    }
    if (Character.isJavaIdentifierStart(first)) {
      return new Name(word);
    }
    throw tokens.unreadable();
  }
}
