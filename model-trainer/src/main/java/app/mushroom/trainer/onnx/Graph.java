package app.mushroom.trainer.onnx;

import app.mushroom.trainer.onnx.Value.Attribute;
import app.mushroom.trainer.onnx.Value.Node;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A graph that grows by operators of ONNX. Batch norms that follow a convolution are folded into
 * its weights, zero padding before one into its own.
 */
final class Graph {
  private int named;

  Value input(String name, List<Long> shape) {
    return new Value(name, shape, null, null);
  }

  Value constant(float[] values, List<Long> shape) {
    return new Value("w" + named++, shape, null, values);
  }

  private Value scalar(double value) {
    return constant(new float[] {(float) value}, List.of());
  }

  Value node(String operator, List<Value> inputs, List<Long> shape, Attribute... attributes) {
    return new Value("t" + named++, shape, new Node(operator, inputs, List.of(attributes)), null);
  }

  /**
   * @param weights K x C/groups x h x w
   * @param bias K values, or none
   * @param padding rows above, columns left, rows below, columns right
   */
  Value convolution(
      Value input,
      Value weights,
      List<Value> bias,
      List<Long> stride,
      List<Long> padding,
      List<Long> dilation,
      long groups)
      throws NoTwinException {
    if (input.isFrom("Pad")) {
      Node pad = java.util.Objects.requireNonNull(input.producer());
      @SuppressWarnings("unchecked")
      List<Long> before = (List<Long>) pad.attributes().get(0).value();
      return convolution(
          pad.inputs().get(0), weights, bias, stride, sum(padding, before), dilation, groups);
    }
    List<Long> sides = new ArrayList<>(List.of(input.shape().get(0), weights.shape().get(0)));
    for (int side = 0; side < 2; side++) {
      long kernel = dilation.get(side) * (weights.shape().get(2 + side) - 1) + 1;
      long padded = input.shape().get(2 + side) + padding.get(side) + padding.get(2 + side);
      sides.add(Math.floorDiv(padded - kernel, stride.get(side)) + 1);
    }
    List<Value> inputs = new ArrayList<>(List.of(input, weights));
    inputs.addAll(bias);
    return node(
        "Conv",
        inputs,
        sides,
        new Attribute("strides", stride),
        new Attribute("pads", padding),
        new Attribute("dilations", dilation),
        new Attribute("group", groups),
        new Attribute("kernel_shape", weights.shape().subList(2, 4)));
  }

  private static List<Long> sum(List<Long> one, List<Long> other) {
    List<Long> sum = new ArrayList<>();
    for (int i = 0; i < one.size(); i++) {
      sum.add(one.get(i) + other.get(i));
    }
    return sum;
  }

  /** Zeros around; only before a convolution. */
  Value zeroPadding(Value input, long left, long right, long top, long bottom) {
    List<Long> shape = new ArrayList<>(input.shape());
    shape.set(2, shape.get(2) + top + bottom);
    shape.set(3, shape.get(3) + left + right);
    return node(
        "Pad", List.of(input), shape, new Attribute("pads", List.of(top, left, bottom, right)));
  }

  /** Batch norm with fixed statistics (Ioffe and Szegedy 2015), which is linear. */
  Value batchNorm(Value input, Value weight, Value bias, Value mean, Value variance, double eps)
      throws NoTwinException {
    float[] scale = weight.values();
    float[] shift = bias.values();
    float[] means = mean.values();
    float[] variances = variance.values();
    for (int i = 0; i < scale.length; i++) {
      double factor = scale[i] / Math.sqrt(variances[i] + eps);
      shift[i] = (float) (shift[i] - means[i] * factor);
      scale[i] = (float) factor;
    }
    if (!input.isFrom("Conv")) {
      List<Long> aside = List.of((long) scale.length, 1L, 1L);
      return binary("Add", binary("Mul", input, constant(scale, aside)), constant(shift, aside));
    }
    Node convolution = java.util.Objects.requireNonNull(input.producer());
    Value weights = convolution.inputs().get(1);
    float[] folded = weights.values();
    int each = folded.length / scale.length;
    for (int i = 0; i < folded.length; i++) {
      folded[i] *= scale[i / each];
    }
    if (convolution.inputs().size() > 2) {
      float[] before = convolution.inputs().get(2).values();
      for (int i = 0; i < shift.length; i++) {
        shift[i] += before[i] * scale[i];
      }
    }
    return node(
        "Conv",
        List.of(
            convolution.inputs().get(0),
            constant(folded, weights.shape()),
            constant(shift, List.of((long) shift.length))),
        input.shape(),
        convolution.attributes().toArray(Attribute[]::new));
  }

  Value unary(String operator, Value input, Attribute... attributes) {
    return node(operator, List.of(input), input.shape(), attributes);
  }

  /** x times its sigmoid, which ONNX has no operator for. */
  Value silu(Value input) {
    return node("Mul", List.of(input, unary("Sigmoid", input)), input.shape());
  }

  Value clip(Value input, double least, double most) {
    return node("Clip", List.of(input, scalar(least), scalar(most)), input.shape());
  }

  Value binary(String operator, Value one, Value other) throws NoTwinException {
    return node(operator, List.of(one, other), broadcast(one.shape(), other.shape()));
  }

  Value binary(String operator, Value one, double other) {
    return node(operator, List.of(one, scalar(other)), one.shape());
  }

  private static List<Long> broadcast(List<Long> one, List<Long> other) throws NoTwinException {
    List<Long> longer = one.size() >= other.size() ? one : other;
    List<Long> shorter = one.size() >= other.size() ? other : one;
    List<Long> shape = new ArrayList<>(longer);
    for (int i = 1; i <= shorter.size(); i++) {
      long a = longer.get(longer.size() - i);
      long b = shorter.get(shorter.size() - i);
      if (a != b && a != 1 && b != 1) {
        throw new NoTwinException("it joins tensors of the shapes " + one + " and " + other);
      }
      shape.set(longer.size() - i, Math.max(a, b));
    }
    return shape;
  }

  /** The mean over height and width, which stay as sides of one. */
  Value globalAverage(Value input) {
    return node(
        "GlobalAveragePool",
        List.of(input),
        List.of(input.shape().get(0), input.shape().get(1), 1L, 1L));
  }

  /** All sides but the first as one. */
  Value flatten(Value input) {
    if (input.rank() == 2) {
      return input;
    }
    long size = input.shape().stream().skip(1).reduce(1L, Math::multiplyExact);
    return node(
        "Flatten", List.of(input), List.of(input.shape().get(0), size), new Attribute("axis", 1L));
  }

  /**
   * @param weight K x D
   */
  Value linear(Value input, Value weight, List<Value> bias) {
    List<Value> inputs = new ArrayList<>(List.of(input, weight));
    inputs.addAll(bias);
    return node(
        "Gemm",
        inputs,
        List.of(input.shape().get(0), weight.shape().get(0)),
        new Attribute("transB", 1L));
  }

  /** The nodes that these come from, each after those that it needs. */
  static List<Value> needed(List<Value> outputs) throws NoTwinException {
    Set<Value> done = new LinkedHashSet<>();
    for (Value output : outputs) {
      visit(output, done);
    }
    return List.copyOf(done);
  }

  private static void visit(Value value, Set<Value> done) throws NoTwinException {
    if (done.contains(value)) {
      return;
    }
    if (value.isFrom("Pad")) {
      throw new NoTwinException("it pads where no convolution follows");
    }
    if (value.producer() != null) {
      for (Value input : value.producer().inputs()) {
        visit(input, done);
      }
    }
    done.add(value);
  }
}
