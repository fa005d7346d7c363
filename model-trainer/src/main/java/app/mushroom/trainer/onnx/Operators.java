package app.mushroom.trainer.onnx;

import app.mushroom.trainer.onnx.Value.Attribute;
import app.mushroom.trainer.torchscript.ScriptObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code torch.…} functions do to a graph, for one photo and with nothing being trained. */
final class Operators {
  /** Arguments by name that are heeded, or change nothing but where values lie in memory. */
  private static final Set<String> UNDERSTOOD = Set.of("alpha", "keepdim", "memory_format");

  private final Graph graph;

  Operators(Graph graph) {
    this.graph = graph;
  }

  /**
   * @param name without {@code torch.} and without the underscore of those that work in place
   */
  Object call(String name, List<Object> given, Map<String, Object> named) throws NoTwinException {
    for (Map.Entry<String, Object> argument : named.entrySet()) {
      if (!UNDERSTOOD.contains(argument.getKey()) && !isNone(argument.getValue())) {
        throw new NoTwinException("it calls torch.%s with %s".formatted(name, argument.getKey()));
      }
    }
    Arguments arguments = new Arguments(name, given, named);
    if (given.stream().noneMatch(Value.class::isInstance)) {
      return Arithmetic.of(arguments);
    }
    return switch (name) {
      case "conv2d", "_convolution" -> convolution(arguments);
      case "batch_norm" -> batchNorm(arguments);
      case "linear" -> linear(arguments);
      case "pad", "constant_pad_nd" -> pad(arguments);
      case "silu" -> graph.silu(arguments.tensor(0));
      case "relu" -> graph.unary("Relu", arguments.tensor(0));
      case "relu6" -> graph.clip(arguments.tensor(0), 0, 6);
      case "hardtanh" -> graph.clip(arguments.tensor(0), arguments.number(1), arguments.number(2));
      case "sigmoid" -> graph.unary("Sigmoid", arguments.tensor(0));
      case "tanh" -> graph.unary("Tanh", arguments.tensor(0));
      case "hardswish" -> graph.unary("HardSwish", arguments.tensor(0));
      case "hardsigmoid" ->
          graph.unary("HardSigmoid", arguments.tensor(0), new Attribute("alpha", 1 / 6f));
      case "add" -> sum("Add", arguments);
      case "sub" -> sum("Sub", arguments);
      case "mul" -> binary("Mul", arguments);
      case "div" -> binary("Div", arguments);
      case "mean" -> mean(arguments);
      case "adaptive_avg_pool2d" -> averagePool(arguments);
      case "max_pool2d" -> maxPool(arguments);
      case "flatten" -> flatten(arguments);
      case "contiguous", "dropout", "feature_dropout", "detach", "alias" -> same(arguments);
      case "size" -> size(arguments);
      case "dim" -> (long) arguments.tensor(0).rank();
      case "__is__" -> false; // a tensor is not None
      case "__isnot__" -> true;
      default -> throw new NoTwinException("it calls torch." + name);
    };
  }

  private Value convolution(Arguments arguments) throws NoTwinException {
    boolean isGeneral = arguments.name().equals("_convolution");
    if (isGeneral && arguments.flag(6)) {
      throw new NoTwinException("it has a transposed convolution");
    }
    List<Long> padding = arguments.pair(4, 0);
    long groups = arguments.whole(isGeneral ? 8 : 6, 1);
    return graph.convolution(
        arguments.image(0),
        arguments.tensor(1),
        arguments.optional(2),
        arguments.pair(3, 1),
        List.of(padding.get(0), padding.get(1), padding.get(0), padding.get(1)),
        arguments.pair(5, 1),
        groups);
  }

  private Value batchNorm(Arguments arguments) throws NoTwinException {
    if (arguments.flag(5)) {
      throw new NoTwinException("it takes the statistics of batch norms from what it sees");
    }
    return graph.batchNorm(
        arguments.image(0),
        arguments.tensor(1),
        arguments.tensor(2),
        arguments.tensor(3),
        arguments.tensor(4),
        arguments.number(7));
  }

  private Value linear(Arguments arguments) throws NoTwinException {
    Value input = arguments.tensor(0);
    if (input.rank() != 2) {
      throw new NoTwinException("it has a linear layer on the shape " + input.shape());
    }
    return graph.linear(input, arguments.tensor(1), arguments.optional(2));
  }

  private Value pad(Arguments arguments) throws NoTwinException {
    List<Long> sides = arguments.wholes(1);
    boolean isZeros =
        (arguments.isMissing(2) || arguments.get(2).equals("constant"))
            && (arguments.isMissing(3) || arguments.number(3) == 0);
    if (arguments.name().equals("constant_pad_nd")) {
      isZeros = arguments.isMissing(2) || arguments.number(2) == 0;
    }
    if (sides.size() != 4 || sides.stream().anyMatch(side -> side < 0) || !isZeros) {
      throw new NoTwinException("it pads other than with zeros around an image");
    }
    return graph.zeroPadding(
        arguments.image(0), sides.get(0), sides.get(1), sides.get(2), sides.get(3));
  }

  private Value sum(String operator, Arguments arguments) throws NoTwinException {
    if (!arguments.isMissing("alpha", 2) && arguments.number("alpha", 2) != 1) {
      throw new NoTwinException("it adds a multiple of a tensor");
    }
    return binary(operator, arguments);
  }

  private Value binary(String operator, Arguments arguments) throws NoTwinException {
    if (!(arguments.get(0) instanceof Value)) {
      throw new NoTwinException("it has a number before a tensor in torch." + arguments.name());
    }
    return arguments.get(1) instanceof Value other
        ? graph.binary(operator, arguments.tensor(0), other)
        : graph.binary(operator, arguments.tensor(0), arguments.number(1));
  }

  private Value mean(Arguments arguments) throws NoTwinException {
    Value input = arguments.image(0);
    List<Long> sides =
        arguments.wholes(1).stream().map(side -> side < 0 ? side + 4 : side).toList();
    if (!sides.equals(List.of(2L, 3L)) && !sides.equals(List.of(3L, 2L))) {
      throw new NoTwinException("it takes a mean over the sides " + sides);
    }
    Value average = graph.globalAverage(input);
    boolean keeps = !arguments.isMissing("keepdim", 2) && arguments.flag("keepdim", 2);
    return keeps ? average : graph.flatten(average);
  }

  private Value averagePool(Arguments arguments) throws NoTwinException {
    if (!arguments.pair(1, 1).equals(List.of(1L, 1L))) {
      throw new NoTwinException("it pools to more than one place");
    }
    return graph.globalAverage(arguments.image(0));
  }

  private Value maxPool(Arguments arguments) throws NoTwinException {
    Value input = arguments.image(0);
    List<Long> kernel = arguments.pair(1, 1);
    List<Long> stride = arguments.wholesOr(2, kernel);
    List<Long> padding = arguments.pair(3, 0);
    if (!arguments.pair(4, 1).equals(List.of(1L, 1L)) || arguments.flagOr(5, false)) {
      throw new NoTwinException("it has a max pool with holes or rounded up");
    }
    List<Long> shape = new ArrayList<>(input.shape());
    for (int side = 0; side < 2; side++) {
      long padded = input.shape().get(2 + side) + 2 * padding.get(side) - kernel.get(side);
      shape.set(2 + side, Math.floorDiv(padded, stride.get(side)) + 1);
    }
    return graph.node(
        "MaxPool",
        List.of(input),
        shape,
        new Attribute("kernel_shape", kernel),
        new Attribute("strides", stride),
        new Attribute(
            "pads", List.of(padding.get(0), padding.get(1), padding.get(0), padding.get(1))));
  }

  private Value flatten(Arguments arguments) throws NoTwinException {
    long last = arguments.whole(2, -1);
    Value input = arguments.tensor(0);
    if (arguments.whole(1, 0) != 1 || (last != -1 && last != input.rank() - 1)) {
      throw new NoTwinException("it flattens other sides than all but the first");
    }
    return graph.flatten(input);
  }

  private static Value same(Arguments arguments) throws NoTwinException {
    if (arguments.name().endsWith("dropout") && arguments.flag(2)) {
      throw new NoTwinException("it drops values also where nothing is trained");
    }
    return arguments.tensor(0);
  }

  private static Object size(Arguments arguments) throws NoTwinException {
    Value input = arguments.tensor(0);
    if (arguments.isMissing(1)) {
      return List.<Object>copyOf(input.shape());
    }
    int side = (int) arguments.whole(1, 0);
    return input.shape().get(side < 0 ? side + input.rank() : side);
  }

  /** Whether a value is Python's None. */
  static boolean isNone(Object value) {
    return value == ScriptObject.NONE;
  }
}
