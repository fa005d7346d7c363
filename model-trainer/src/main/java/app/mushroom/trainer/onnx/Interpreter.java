package app.mushroom.trainer.onnx;

import app.mushroom.trainer.onnx.Expression.Call;
import app.mushroom.trainer.onnx.Expression.Index;
import app.mushroom.trainer.onnx.Expression.Literal;
import app.mushroom.trainer.onnx.Expression.Member;
import app.mushroom.trainer.onnx.Expression.Name;
import app.mushroom.trainer.onnx.Expression.Sequence;
import app.mushroom.trainer.onnx.Statement.Assign;
import app.mushroom.trainer.onnx.Statement.Bare;
import app.mushroom.trainer.onnx.Statement.Branch;
import app.mushroom.trainer.onnx.Statement.Return;
import app.mushroom.trainer.onnx.Statement.Unknown;
import app.mushroom.trainer.torchscript.Script;
import app.mushroom.trainer.torchscript.ScriptObject;
import app.mushroom.trainer.torchscript.ScriptTensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows the code of a TorchScript module with tensors that are not there yet, so that a graph of
 * what it would do grows. Everything but tensors is known: sizes, flags, and which way an if goes.
 */
final class Interpreter {
  private final Script script;
  private final Graph graph;
  private final Operators operators;
  private final Map<String, CodeFile> files = new HashMap<>();
  private final Map<ScriptTensor, Value> constants = new HashMap<>();

  /** Tensors that hold something else since an operator worked in place. */
  private final Set<Value> overwritten = new HashSet<>();

  /** A function by its qualified name. */
  private record Reference(String name) {}

  Interpreter(Script script, Graph graph) {
    this.script = script;
    this.graph = graph;
    this.operators = new Operators(graph);
  }

  /** Whether the class of an object has such a method. */
  boolean has(ScriptObject object, String method) throws NoTwinException {
    return function(object.type() + "." + method).isPresent();
  }

  /** What a method of an object returns. */
  Object call(ScriptObject object, String method, List<Object> arguments) throws NoTwinException {
    List<Object> all = new ArrayList<>(List.of(object));
    all.addAll(arguments);
    return run(object.type() + "." + method, all);
  }

  private Object run(String name, List<Object> arguments) throws NoTwinException {
    Function function =
        function(name).orElseThrow(() -> new NoTwinException("it lacks the code of " + name));
    if (arguments.size() != function.parameters().size()) {
      throw new NoTwinException("it calls " + name + " with arguments left out");
    }
    Map<String, Object> variables = new HashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      variables.put(function.parameters().get(i), arguments.get(i));
    }
    Object result = execute(function.body(), variables);
    if (result == null) {
      return ScriptObject.NONE;
    }
    requireCurrent(result);
    return result;
  }

  /** A function of a module, or a method of a class in it. */
  private Optional<Function> function(String name) throws NoTwinException {
    for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
      CodeFile file = file(name.substring(0, dot));
      Optional<Function> function = file.function(name.substring(dot + 1));
      if (function.isPresent()) {
        return function;
      }
    }
    return Optional.empty();
  }

  private CodeFile file(String module) throws NoTwinException {
    CodeFile known = files.get(module);
    if (known == null) {
      known = CodeFile.parse(script.code(module).orElse(""));
      files.put(module, known);
    }
    return known;
  }

  /** What is returned; null if nothing is. */
  private @Nullable Object execute(List<Statement> body, Map<String, Object> variables)
      throws NoTwinException {
    for (Statement statement : body) {
      if (statement instanceof Return returned) {
        return evaluate(returned.value(), variables);
      } else if (statement instanceof Assign assign) {
        assign(assign, variables);
      } else if (statement instanceof Bare bare) {
        evaluate(bare.value(), variables);
      } else if (statement instanceof Branch branch) {
        Object result = execute(taken(branch, variables), variables);
        if (result != null) {
          return result;
        }
      } else if (statement instanceof Unknown unknown) {
        throw new NoTwinException("its code does " + unknown.line());
      }
    }
    return null;
  }

  private List<Statement> taken(Branch branch, Map<String, Object> variables)
      throws NoTwinException {
    Object condition = evaluate(branch.condition(), variables);
    if (!(condition instanceof Boolean flag)) {
      throw new NoTwinException("its code decides by what it computes");
    }
    return flag ? branch.then() : branch.otherwise();
  }

  private void assign(Assign assign, Map<String, Object> variables) throws NoTwinException {
    Object value = evaluate(assign.value(), variables);
    List<String> targets = assign.targets();
    if (targets.size() == 1) {
      variables.put(targets.get(0), value);
      return;
    }
    if (!(value instanceof List<?> parts) || parts.size() != targets.size()) {
      throw new NoTwinException("its code takes apart what is no such tuple");
    }
    for (int i = 0; i < targets.size(); i++) {
      variables.put(targets.get(i), parts.get(i));
    }
  }

  private Object evaluate(Expression expression, Map<String, Object> variables)
      throws NoTwinException {
    if (expression instanceof Literal literal) {
      return literal.value();
    } else if (expression instanceof Sequence sequence) {
      List<Object> elements = new ArrayList<>();
      for (Expression element : sequence.elements()) {
        elements.add(evaluate(element, variables));
      }
      return elements;
    } else if (expression instanceof Index index) {
      return element(evaluate(index.of(), variables), evaluate(index.position(), variables));
    } else if (expression instanceof Call call) {
      return call(call, variables);
    }
    Object variable = expression instanceof Name name ? variables.get(name.text()) : null;
    if (variable != null) {
      return variable;
    }
    String qualified = qualified(expression, variables);
    if (qualified != null) {
      return new Reference(qualified);
    }
    Member member = (Member) expression;
    return attribute(evaluate(member.of(), variables), member.name());
  }

  /** The dotted name that does not begin with a variable; null for anything else. */
  private static @Nullable String qualified(Expression expression, Map<String, Object> variables) {
    if (expression instanceof Name name) {
      return variables.containsKey(name.text()) ? null : name.text();
    }
    if (expression instanceof Member member) {
      String of = qualified(member.of(), variables);
      return of == null ? null : of + "." + member.name();
    }
    return null;
  }

  private static Object element(Object of, Object position) throws NoTwinException {
    if (of instanceof List<?> list && position instanceof Long index) {
      int at = (int) (index < 0 ? index + list.size() : index);
      if (at >= 0 && at < list.size()) {
        return list.get(at);
      }
    }
    throw new NoTwinException("its code asks for a part of what is no list");
  }

  private Object attribute(Object of, String name) throws NoTwinException {
    if (!(of instanceof ScriptObject object)) {
      throw new NoTwinException("its code asks for " + name + " of what is no module");
    }
    if (name.equals("training")) {
      return false;
    }
    Object value = object.attributes().get(name);
    if (value == null) {
      throw new NoTwinException("its module " + object.type() + " lacks " + name);
    }
    return known(value);
  }

  private Object known(Object value) throws NoTwinException {
    if (value instanceof Integer number) {
      return (long) number;
    }
    if (value instanceof List<?> list) {
      List<Object> elements = new ArrayList<>();
      for (Object element : list) {
        elements.add(known(element));
      }
      return elements;
    }
    if (!(value instanceof ScriptTensor tensor)) {
      return value;
    }
    Value constant = constants.get(tensor);
    if (constant == null) {
      if (!tensor.type().equals("torch.FloatStorage")) {
        throw new NoTwinException("it uses a tensor of type " + tensor.type());
      }
      constant =
          graph.constant(
              script.floats(tensor), tensor.shape().stream().map(Long::valueOf).toList());
      constants.put(tensor, constant);
    }
    return constant;
  }

  private Object call(Call call, Map<String, Object> variables) throws NoTwinException {
    if (call.callee() instanceof Name name && !variables.containsKey(name.text())) {
      return builtIn(name.text(), call, variables);
    }
    List<Object> arguments = new ArrayList<>();
    for (Expression argument : call.arguments()) {
      arguments.add(evaluate(argument, variables));
    }
    if (call.callee() instanceof Member member && qualified(member, variables) == null) {
      Object of = evaluate(member.of(), variables);
      if (of instanceof ScriptObject object) {
        return call(object, member.name(), arguments);
      }
      throw new NoTwinException("its code calls " + member.name() + " of what is no module");
    }
    if (!(evaluate(call.callee(), variables) instanceof Reference reference)) {
      throw new NoTwinException("its code calls what is no function");
    }
    Map<String, Object> named = new LinkedHashMap<>();
    for (Map.Entry<String, Expression> argument : call.named().entrySet()) {
      named.put(argument.getKey(), evaluate(argument.getValue(), variables));
    }
    return call(reference.name(), arguments, named);
  }

  private Object call(String name, List<Object> arguments, Map<String, Object> named)
      throws NoTwinException {
    if (name.startsWith("__torch__.")) {
      return run(name, arguments);
    }
    if (name.equals("ops.prim.RaiseException")) {
      throw new NoTwinException("it refuses an input of this size");
    }
    String operator = name.substring(name.lastIndexOf('.') + 1);
    boolean isInPlace = operator.endsWith("_") && !operator.endsWith("__");
    requireCurrent(arguments);
    Object result =
        operators.call(
            isInPlace ? operator.substring(0, operator.length() - 1) : operator, arguments, named);
    if (isInPlace && arguments.get(0) instanceof Value value && value != result) {
      overwritten.add(value);
    }
    return result;
  }

  /**
   * In the graph an operator makes a new tensor, so that the old one would still be the old one.
   */
  private void requireCurrent(Object value) throws NoTwinException {
    if (value instanceof Value tensor && overwritten.contains(tensor)) {
      throw new NoTwinException("it uses a tensor again that was overwritten in place");
    }
    if (value instanceof List<?> list) {
      for (Object element : list) {
        requireCurrent(element);
      }
    }
  }

  private Object builtIn(String name, Call call, Map<String, Object> variables)
      throws NoTwinException {
    List<Expression> arguments = call.arguments();
    if (name.equals("getattr") && arguments.size() == 2) {
      Object of = evaluate(arguments.get(0), variables);
      return attribute(of, String.valueOf(evaluate(arguments.get(1), variables)));
    }
    if ((name.equals("annotate") || name.equals("unchecked_cast")) && arguments.size() == 2) {
      return evaluate(arguments.get(1), variables);
    }
    if (name.equals("int")
        && arguments.size() == 1
        && evaluate(arguments.get(0), variables) instanceof Long number) {
      return number;
    }
    if (name.equals("uninitialized")) {
      return ScriptObject.NONE;
    }
    throw new NoTwinException("its code calls " + name);
  }
}
