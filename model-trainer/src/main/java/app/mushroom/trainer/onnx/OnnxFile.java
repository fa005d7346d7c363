package app.mushroom.trainer.onnx;

import app.mushroom.trainer.onnx.Value.Attribute;
import app.mushroom.trainer.onnx.Value.Node;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Writes a graph as an ONNX file. Field numbers are those of the ONNX intermediate representation,
 * version 8 (<a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>).
 */
final class OnnxFile {
  private static final long IR_VERSION = 8;

  /** Every operator that we write has been the same since. */
  private static final long OPERATOR_SET = 14;

  private static final int FLOAT = 1;

  private OnnxFile() {}

  /** Part of a message. */
  @FunctionalInterface
  private interface Part {
    void to(CodedOutputStream out) throws IOException;
  }

  /** An output by the name that it is asked for by. */
  record Output(String name, Value value) {}

  static void write(Path file, Value input, List<Output> outputs)
      throws IOException, NoTwinException {
    List<Value> values = Graph.needed(outputs.stream().map(Output::value).toList());
    try (OutputStream stream = Files.newOutputStream(file)) {
      CodedOutputStream out = CodedOutputStream.newInstance(stream);
      out.writeInt64(1, IR_VERSION);
      out.writeString(2, "mushroom-app");
      message(out, 7, graph -> graph(graph, input, outputs, values));
      message(out, 8, set -> set.writeInt64(2, OPERATOR_SET));
      out.flush();
    }
  }

  private static void graph(
      CodedOutputStream out, Value input, List<Output> outputs, List<Value> values)
      throws IOException {
    for (Value value : values) {
      Node node = value.producer();
      if (node != null) {
        message(out, 1, message -> node(message, node, value.name()));
      }
    }
    for (Output output : outputs) {
      Node identity = new Node("Identity", List.of(output.value()), List.of());
      message(out, 1, message -> node(message, identity, output.name()));
    }
    out.writeString(2, "network");
    for (Value value : values) {
      if (value.constant() != null) {
        message(out, 5, message -> constant(message, value));
      }
    }
    message(out, 11, message -> declaration(message, input.name(), input.shape(), true));
    for (Output output : outputs) {
      boolean batched = output.value().constant() == null;
      message(
          out, 12, message -> declaration(message, output.name(), output.value().shape(), batched));
    }
  }

  private static void node(CodedOutputStream out, Node node, String output) throws IOException {
    for (Value input : node.inputs()) {
      out.writeString(1, input.name());
    }
    out.writeString(2, output);
    out.writeString(3, output);
    out.writeString(4, node.operator());
    for (Attribute attribute : node.attributes()) {
      message(out, 5, message -> attribute(message, attribute));
    }
  }

  private static void attribute(CodedOutputStream out, Attribute attribute) throws IOException {
    out.writeString(1, attribute.name());
    if (attribute.value() instanceof Float number) {
      out.writeFloat(2, number);
      out.writeEnum(20, 1);
    } else if (attribute.value() instanceof Long number) {
      out.writeInt64(3, number);
      out.writeEnum(20, 2);
    } else {
      for (Object number : (List<?>) attribute.value()) {
        out.writeInt64(8, (Long) number);
      }
      out.writeEnum(20, 7);
    }
  }

  private static void constant(CodedOutputStream out, Value value) throws IOException {
    for (long side : value.shape()) {
      out.writeInt64(1, side);
    }
    out.writeInt32(2, FLOAT);
    out.writeString(8, value.name());
    float[] values = Objects.requireNonNull(value.constant());
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    out.writeByteArray(9, bytes.array());
  }

  /** Name, type and shape; the first side of what depends on the photos is how many there are. */
  private static void declaration(
      CodedOutputStream out, String name, List<Long> shape, boolean batched) throws IOException {
    out.writeString(1, name);
    message(
        out,
        2,
        type ->
            message(
                type,
                1,
                tensor -> {
                  tensor.writeEnum(1, FLOAT);
                  message(tensor, 2, sides -> sides(sides, shape, batched));
                }));
  }

  private static void sides(CodedOutputStream out, List<Long> shape, boolean batched)
      throws IOException {
    for (int i = 0; i < shape.size(); i++) {
      long side = shape.get(i);
      boolean isBatch = batched && i == 0;
      message(
          out,
          1,
          message -> {
            if (isBatch) {
              message.writeString(2, "photos");
            } else {
              message.writeInt64(1, side);
            }
          });
    }
  }

  private static void message(CodedOutputStream out, int field, Part part) throws IOException {
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream inner = CodedOutputStream.newInstance(bytes);
    part.to(inner);
    inner.flush();
    out.writeBytes(field, bytes.toByteString());
  }
}
