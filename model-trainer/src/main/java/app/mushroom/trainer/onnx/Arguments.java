package app.mushroom.trainer.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The arguments of a call, asked for by what they have to be. */
record Arguments(String name, List<Object> given, Map<String, Object> named) {

  boolean isMissing(int position) {
    return position >= given.size() || Operators.isNone(given.get(position));
  }

  boolean isMissing(String key, int position) {
    return !named.containsKey(key) && isMissing(position);
  }

  Object get(int position) throws NoTwinException {
    if (position >= given.size()) {
      throw wrong("argument " + (position + 1));
    }
    return given.get(position);
  }

  private Object get(String key, int position) throws NoTwinException {
    Object value = named.get(key);
    return value == null ? get(position) : value;
  }

  Value tensor(int position) throws NoTwinException {
    if (get(position) instanceof Value value) {
      return value;
    }
    throw wrong("a tensor");
  }

  /** A tensor of photos, channels, rows and columns. */
  Value image(int position) throws NoTwinException {
    Value value = tensor(position);
    if (value.rank() != 4) {
      throw wrong("a tensor of four sides");
    }
    return value;
  }

  List<Value> optional(int position) throws NoTwinException {
    return isMissing(position) ? List.of() : List.of(tensor(position));
  }

  double number(int position) throws NoTwinException {
    return number(get(position));
  }

  double number(String key, int position) throws NoTwinException {
    return number(get(key, position));
  }

  private double number(Object value) throws NoTwinException {
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw wrong("a number");
  }

  long whole(int position, long missing) throws NoTwinException {
    if (isMissing(position)) {
      return missing;
    }
    if (get(position) instanceof Long number) {
      return number;
    }
    throw wrong("a whole number");
  }

  boolean flag(int position) throws NoTwinException {
    return flag(get(position));
  }

  boolean flag(String key, int position) throws NoTwinException {
    return flag(get(key, position));
  }

  boolean flagOr(int position, boolean missing) throws NoTwinException {
    return isMissing(position) ? missing : flag(position);
  }

  private boolean flag(Object value) throws NoTwinException {
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw wrong("true or false");
  }

  List<Long> wholes(int position) throws NoTwinException {
    if (!(get(position) instanceof List<?> list)) {
      throw wrong("whole numbers");
    }
    List<Long> wholes = new ArrayList<>();
    for (Object element : list) {
      if (!(element instanceof Long number)) {
        throw wrong("whole numbers");
      }
      wholes.add(number);
    }
    return wholes;
  }

  List<Long> wholesOr(int position, List<Long> missing) throws NoTwinException {
    return isMissing(position) || wholes(position).isEmpty() ? missing : wholes(position);
  }

  /** Two whole numbers, also where one stands for both. */
  List<Long> pair(int position, long missing) throws NoTwinException {
    if (isMissing(position)) {
      return List.of(missing, missing);
    }
    List<Long> pair = get(position) instanceof Long both ? List.of(both, both) : wholes(position);
    if (pair.size() == 1) {
      return List.of(pair.get(0), pair.get(0));
    }
    if (pair.size() != 2) {
      throw wrong("a pair of whole numbers");
    }
    return pair;
  }

  NoTwinException wrong(String expected) {
    return new NoTwinException(
        "it calls torch.%s with something else where %s was expected".formatted(name, expected));
  }
}
