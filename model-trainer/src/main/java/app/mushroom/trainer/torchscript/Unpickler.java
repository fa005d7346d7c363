package app.mushroom.trainer.torchscript;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pickle of a TorchScript module tree as data: unlike Python's unpickler it builds
 * nothing but lists, dictionaries, names, {@link ScriptObject} and {@link ScriptTensor}, and knows
 * only the opcodes that {@code torch.jit.save} writes.
 */
final class Unpickler {

  private static final Object MARK = new Object();

  private record Global(String name) {}

  private record Storage(String type, String key) {}

  private final Path file;
  private final ByteBuffer pickle;
  private final Deque<Object> stack = new ArrayDeque<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  Unpickler(Path file, byte[] pickle) {
    this.file = file;
    this.pickle = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * @throws NotTorchScriptException if this is not the pickle of a module tree
   */
  ScriptObject parse() throws IOException {
    try {
      while (true) {
        int opcode = pickle.get() & 255;
        if (opcode == '.') {
          return (ScriptObject) stack.pop();
        }
        step(opcode);
      }
    } catch (java.nio.BufferUnderflowException
        | java.util.NoSuchElementException
        | ClassCastException e) {
      throw new NotTorchScriptException(file, "its data.pkl is cut off or damaged");
    }
  }

  private void step(int opcode) throws IOException {
    switch (opcode) {
      case 0x80 -> pickle.get(); // PROTO
      case 'c' -> stack.push(new Global(line() + "." + line()));
      case ')' -> stack.push(List.of());
      case '}' -> stack.push(new LinkedHashMap<Object, @Nullable Object>());
      case ']' -> stack.push(new ArrayList<@Nullable Object>());
      case '(' -> stack.push(MARK);
      case 'N' -> stack.push(ScriptObject.NONE);
      case 0x88 -> stack.push(Boolean.TRUE);
      case 0x89 -> stack.push(Boolean.FALSE);
      case 'K' -> stack.push(pickle.get() & 255);
      case 'M' -> stack.push(pickle.getShort() & 0xffff);
      case 'J' -> stack.push(pickle.getInt());
      case 0x8a -> stack.push(longInteger());
      case 'G' -> stack.push(bigEndianDouble());
      case 'X' -> stack.push(text());
      case 'q' -> memo.put(pickle.get() & 255, stack.element());
      case 'r' -> memo.put(pickle.getInt(), stack.element());
      case 'h' -> stack.push(recall(pickle.get() & 255));
      case 'j' -> stack.push(recall(pickle.getInt()));
      case 't' -> stack.push(untilMark());
      case 0x85 -> stack.push(List.of(stack.pop()));
      case 0x86 -> pair();
      case 0x87 -> triple();
      case 'e' -> append(untilMark());
      case 'a' -> append(List.of(stack.pop()));
      case 0x81 -> instance(); // NEWOBJ
      case 'Q' -> storage();
      case 'R' -> reduce();
      case 'u' -> setItems();
      case 'b' -> build();
      default ->
          throw new NotTorchScriptException(
              file, "its data.pkl holds the unexpected opcode " + Integer.toHexString(opcode));
    }
  }

  private void pair() {
    Object second = stack.pop();
    stack.push(List.of(stack.pop(), second));
  }

  private void triple() {
    Object third = stack.pop();
    Object second = stack.pop();
    stack.push(List.of(stack.pop(), second, third));
  }

  @SuppressWarnings("unchecked")
  private void append(List<Object> values) {
    ((List<Object>) stack.element()).addAll(values);
  }

  private void storage() {
    List<?> persistent = (List<?>) stack.pop();
    stack.push(new Storage(((Global) persistent.get(1)).name(), (String) persistent.get(2)));
  }

  private void instance() {
    stack.pop();
    stack.push(new ScriptObject(((Global) stack.pop()).name(), new LinkedHashMap<>()));
  }

  private void reduce() {
    List<?> arguments = (List<?>) stack.pop();
    Global function = (Global) stack.pop();
    if (function.name().equals("torch._utils._rebuild_tensor_v2")) {
      Storage storage = (Storage) arguments.get(0);
      stack.push(
          new ScriptTensor(
              storage.type(),
              storage.key(),
              (Integer) arguments.get(1),
              integers(arguments.get(2)),
              integers(arguments.get(3))));
    } else {
      stack.push(arguments.isEmpty() ? new LinkedHashMap<Object, @Nullable Object>() : arguments);
    }
  }

  private static List<Integer> integers(Object tuple) {
    return ((List<?>) tuple).stream().map(Integer.class::cast).toList();
  }

  @SuppressWarnings("unchecked")
  private void setItems() {
    List<Object> items = untilMark();
    Map<Object, Object> target = (Map<Object, Object>) stack.element();
    for (int i = 0; i + 1 < items.size(); i += 2) {
      target.put(items.get(i), items.get(i + 1));
    }
  }

  @SuppressWarnings("unchecked")
  private void build() {
    Map<String, Object> state = (Map<String, Object>) stack.pop();
    ((ScriptObject) stack.element()).attributes().putAll(state);
  }

  private List<Object> untilMark() {
    Deque<Object> items = new ArrayDeque<>();
    for (Object item = stack.pop(); item != MARK; item = stack.pop()) {
      items.push(item);
    }
    return List.copyOf(items);
  }

  private Object recall(int index) throws IOException {
    Object value = memo.get(index);
    if (value == null) {
      throw new NotTorchScriptException(file, "its data.pkl refers to nothing");
    }
    return value;
  }

  private String line() {
    StringBuilder line = new StringBuilder();
    for (byte b = pickle.get(); b != '\n'; b = pickle.get()) {
      line.append((char) (b & 255));
    }
    return line.toString();
  }

  private String text() {
    byte[] utf8 = new byte[checked(pickle.getInt())];
    pickle.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }

  private long longInteger() {
    long value = 0;
    int length = pickle.get() & 255;
    for (int i = 0; i < length; i++) {
      value |= (pickle.get() & 255L) << 8 * Math.min(i, 7);
    }
    return value;
  }

  private double bigEndianDouble() {
    return Double.longBitsToDouble(Long.reverseBytes(pickle.getLong()));
  }

  private int checked(int length) {
    if (length < 0 || length > pickle.remaining()) {
      throw new java.nio.BufferUnderflowException();
    }
    return length;
  }
}
