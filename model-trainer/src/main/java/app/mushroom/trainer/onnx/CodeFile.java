package app.mushroom.trainer.onnx;

import app.mushroom.trainer.onnx.Statement.Assign;
import app.mushroom.trainer.onnx.Statement.Bare;
import app.mushroom.trainer.onnx.Statement.Branch;
import app.mushroom.trainer.onnx.Statement.Return;
import app.mushroom.trainer.onnx.Statement.Unknown;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The functions and classes of one file of TorchScript code. */
final class CodeFile {
  private record Line(int indent, String text) {}

  private final List<Line> lines;
  private final Map<String, Function> functions = new HashMap<>();
  private int next;

  private CodeFile(List<Line> lines) {
    this.lines = lines;
  }

  static CodeFile parse(String code) throws NoTwinException {
    CodeFile file = new CodeFile(logicalLines(code));
    file.parse();
    return file;
  }

  /** A function, or {@code Class.method}. */
  Optional<Function> function(String name) {
    return Optional.ofNullable(functions.get(name));
  }

  /** A line goes on while a bracket is open. */
  private static List<Line> logicalLines(String code) {
    List<Line> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int open = 0;
    for (String physical : code.split("\n", -1)) {
      line.append(line.isEmpty() ? "" : " ").append(physical);
      open += brackets(physical);
      if (open <= 0) {
        String text = line.toString();
        if (!text.isBlank()) {
          lines.add(new Line(text.length() - text.stripLeading().length(), text.strip()));
        }
        line.setLength(0);
        open = 0;
      }
    }
    return lines;
  }

  private static int brackets(String text) {
    int open = 0;
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quoted && c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted) {
        open += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
      }
    }
    return open;
  }

  private void parse() throws NoTwinException {
    String owner = "";
    while (next < lines.size()) {
      Line line = lines.get(next++);
      if (line.text().startsWith("class ")) {
        owner = line.text().substring("class ".length(), line.text().indexOf('(')) + ".";
      } else if (line.text().startsWith("def ")) {
        Tokens tokens = new Tokens(line.text());
        tokens.expect("def");
        String name = (line.indent() == 0 ? "" : owner) + tokens.take();
        List<String> parameters = parameters(tokens);
        functions.put(name, new Function(parameters, block(line.indent())));
      }
    }
  }

  /** The names only: what a parameter is shows when it is used. */
  private static List<String> parameters(Tokens tokens) throws NoTwinException {
    tokens.expect("(");
    List<String> names = new ArrayList<>();
    boolean atName = true;
    for (int open = 1; open > 0; ) {
      String word = tokens.take();
      if (word.equals("(") || word.equals("[")) {
        open++;
      } else if (word.equals(")") || word.equals("]")) {
        open--;
      } else if (word.equals(",") && open == 1) {
        atName = true;
      } else if (atName) {
        names.add(word);
        atName = false;
      }
    }
    return names;
  }

  /** The statements that are indented deeper than that. */
  private List<Statement> block(int indent) throws NoTwinException {
    List<Statement> statements = new ArrayList<>();
    while (next < lines.size() && lines.get(next).indent() > indent) {
      Line line = lines.get(next++);
      if (!line.text().equals("pass")) {
        statements.add(statement(line));
      }
    }
    return statements;
  }

  private Statement statement(Line line) throws NoTwinException {
    if (line.text().startsWith("if ")) {
      Tokens tokens = new Tokens(line.text());
      tokens.expect("if");
      Expression condition = whole(tokens, ":");
      List<Statement> then = block(line.indent());
      boolean hasElse =
          next < lines.size()
              && lines.get(next).indent() == line.indent()
              && lines.get(next).text().equals("else:");
      if (!hasElse) {
        return new Branch(condition, then, List.of());
      }
      next++;
      return new Branch(condition, then, block(line.indent()));
    }
    if (line.text().startsWith("for ") || line.text().startsWith("while ")) {
      skipBlock(line.indent());
      return new Unknown(line.text());
    }
    Tokens tokens = new Tokens(line.text());
    if (tokens.takeIf("return")) {
      return new Return(whole(tokens, ""));
    }
    List<String> targets = targets(line.text());
    if (targets.isEmpty()) {
      return new Bare(whole(tokens, ""));
    }
    while (!tokens.takeIf("=")) {
      tokens.take();
    }
    return new Assign(targets, whole(tokens, ""));
  }

  private void skipBlock(int indent) {
    while (next < lines.size() && lines.get(next).indent() > indent) {
      next++;
    }
  }

  /** {@code a} of {@code a = x}, {@code a} and {@code b} of {@code a, b, = x}. */
  private static List<String> targets(String text) {
    int equals = text.indexOf(" = ");
    if (equals < 0 || !text.substring(0, equals).matches("\\w+(, \\w+)*,?")) {
      return List.of();
    }
    return List.of(text.substring(0, equals).replace(" ", "").split(","));
  }

  private static Expression whole(Tokens tokens, String end) throws NoTwinException {
    Expression expression = new ExpressionParser(tokens).parse();
    if (!end.isEmpty()) {
      tokens.expect(end);
    }
    if (!tokens.isDone()) {
      throw tokens.unreadable();
    }
    return expression;
  }
}
