package app.mushroom.trainer.torchscript;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes the few opcodes of Python's pickle protocol 2 that a TorchScript module tree needs.
 * Nothing is memoised, so a foreign pickle can be spliced in without its memo numbers clashing.
 */
final class Pickle {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  Pickle op(int... opcodes) {
    for (int opcode : opcodes) {
      out.write(opcode);
    }
    return this;
  }

  Pickle text(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    op('X');
    littleEndian(utf8.length);
    out.writeBytes(utf8);
    return this;
  }

  Pickle integer(int value) {
    op('J');
    littleEndian(value);
    return this;
  }

  Pickle global(String module, String name) {
    op('c');
    out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    return this;
  }

  Pickle raw(byte[] bytes, int from, int to) {
    out.write(bytes, from, to - from);
    return this;
  }

  /** A float32 parameter whose values lie in the archive's {@code data/<key>}. */
  Pickle parameter(String key, int... shape) {
    return tensor(key, true, shape);
  }

  /** A float32 tensor that is no parameter, such as a running mean. */
  Pickle buffer(String key, int... shape) {
    return tensor(key, false, shape);
  }

  private Pickle tensor(String key, boolean requiresGradient, int... shape) {
    int elements = 1;
    for (int side : shape) {
      elements *= side;
    }
    global("torch._utils", "_rebuild_tensor_v2").op('(', '(').text("storage");
    global("torch", "FloatStorage").text(key).text("cpu").integer(elements).op('t', 'Q');
    integer(0).op('(');
    for (int side : shape) {
      integer(side);
    }
    op('t', '(');
    int stride = elements;
    for (int side : shape) {
      stride /= side;
      integer(stride);
    }
    op('t', requiresGradient ? 0x88 : 0x89);
    return global("collections", "OrderedDict").op(')', 'R', 't', 'R');
  }

  byte[] bytes() {
    return out.toByteArray();
  }

  private void littleEndian(int value) {
    op(value & 255, value >> 8 & 255, value >> 16 & 255, value >>> 24);
  }
}
