package app.mushroom.trainer.torchscript;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A backbone of one convolution with batch norm, written by hand, for tests that take seconds. */
public final class TinyBackbone {

  public static final int DIMENSIONS = 8;

  private static final String CODE =
      """
      class Tiny(Module):
        __parameters__ = ["weight", "gamma", "beta", ]
        __buffers__ = ["running_mean", "running_var", ]
        training : bool
        _is_full_backward_hook : Optional[bool]
        weight : Tensor
        gamma : Tensor
        beta : Tensor
        running_mean : Tensor
        running_var : Tensor
        def features(self: __torch__.Tiny,
          x: Tensor) -> Tensor:
          weight = self.weight
          gamma = self.gamma
          beta = self.beta
          running_mean = self.running_mean
          running_var = self.running_var
          training = self.training
          y = torch.conv2d(x, weight, None, [2, 2], [1, 1], [1, 1], 1)
          z = torch.batch_norm(y, gamma, beta, running_mean, running_var, training, 0.1, 1e-05, True)
          return torch.relu(z)
        def forward(self: __torch__.Tiny,
          x: Tensor) -> Tensor:
          return torch.mean((self).features(x, ), [2, 3])
        def both(self: __torch__.Tiny,
          x: Tensor) -> Tuple[Tensor, Tensor]:
          f = (self).features(x, )
          return (f, torch.mean(f, [2, 3]))
      """;

  private TinyBackbone() {}

  public static Path write(Path file) throws IOException {
    return write(file, CODE);
  }

  /** A backbone with other code. */
  public static Path writeWith(Path file, UnaryOperator<String> change) throws IOException {
    return write(file, change.apply(CODE));
  }

  /** A backbone that keeps its feature map to itself. */
  public static Path writeWithoutMaps(Path file) throws IOException {
    return write(file, CODE.substring(0, CODE.indexOf("  def both(")));
  }

  /** A backbone whose feature map has twice the channels of its embedding. */
  public static Path writeWithWiderMaps(Path file) throws IOException {
    return write(
        file, CODE.replace("return (f, torch.mean", "return (torch.cat([f, f], 1), torch.mean"));
  }

  /** A backbone that fails over its feature map. */
  public static Path writeWithFailingMaps(Path file) throws IOException {
    return write(
        file, CODE.replace("return (f, torch.mean", "return (torch.view(f, [-1, 7]), torch.mean"));
  }

  private static Path write(Path file, String code) throws IOException {
    Random random = new Random(7);
    float[] weight = new float[DIMENSIONS * 3 * 9];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = (float) random.nextGaussian() * 0.3f;
    }
    ScriptArchive archive = new ScriptArchive();
    Pickle pickle = new Pickle().op(0x80, 2).global("__torch__", "Tiny").op(')', 0x81, '}', '(');
    pickle.text("training").op(0x89).text("_is_full_backward_hook").op('N');
    pickle.text("weight").parameter("0", DIMENSIONS, 3, 3, 3);
    pickle.text("gamma").parameter("1", DIMENSIONS);
    pickle.text("beta").parameter("2", DIMENSIONS);
    pickle.text("running_mean").buffer("3", DIMENSIONS);
    pickle.text("running_var").buffer("4", DIMENSIONS);
    archive.put("data.pkl", pickle.op('u', 'b', '.').bytes());
    archive.put("code/__torch__.py", code.getBytes(StandardCharsets.UTF_8));
    archive.put("constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
    archive.put("version", "3\n".getBytes(StandardCharsets.UTF_8));
    archive.put("data/0", bytes(weight));
    archive.put("data/1", bytes(filled(1)));
    archive.put("data/2", bytes(filled(0)));
    archive.put("data/3", bytes(filled(0)));
    archive.put("data/4", bytes(filled(1)));
    archive.write(file);
    return file;
  }

  private static float[] filled(float value) {
    float[] values = new float[DIMENSIONS];
    java.util.Arrays.fill(values, value);
    return values;
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }
}
