package app.mushroom.trainer.onnx;

import java.util.List;

/** Functions of numbers, lists and None, which are known before anything runs. */
final class Arithmetic {
  private Arithmetic() {}

  static Object of(Arguments arguments) throws NoTwinException {
    return switch (arguments.name()) {
      case "add", "sub", "mul", "floordiv", "max", "min", "remainder" ->
          whole(arguments.name(), whole(arguments, 0), whole(arguments, 1));
      case "neg" -> -whole(arguments, 0);
      case "eq" -> arguments.get(0).equals(arguments.get(1));
      case "ne" -> !arguments.get(0).equals(arguments.get(1));
      case "gt" -> arguments.number(0) > arguments.number(1);
      case "ge" -> arguments.number(0) >= arguments.number(1);
      case "lt" -> arguments.number(0) < arguments.number(1);
      case "le" -> arguments.number(0) <= arguments.number(1);
      case "__is__" -> arguments.get(0) == arguments.get(1);
      case "__isnot__" -> arguments.get(0) != arguments.get(1);
      case "__not__" -> !arguments.flag(0);
      case "len" -> (long) list(arguments).size();
      case "format" -> "";
      default -> throw new NoTwinException("it calls torch." + arguments.name());
    };
  }

  private static long whole(Arguments arguments, int position) throws NoTwinException {
    if (arguments.get(position) instanceof Long number) {
      return number;
    }
    throw arguments.wrong("a whole number");
  }

  private static long whole(String name, long one, long other) {
    return switch (name) {
      case "add" -> one + other;
      case "sub" -> one - other;
      case "mul" -> one * other;
      case "floordiv" -> Math.floorDiv(one, other);
      case "remainder" -> Math.floorMod(one, other);
      case "max" -> Math.max(one, other);
      default -> Math.min(one, other);
    };
  }

  private static List<?> list(Arguments arguments) throws NoTwinException {
    if (arguments.get(0) instanceof List<?> list) {
      return list;
    }
    throw arguments.wrong("a list");
  }
}
