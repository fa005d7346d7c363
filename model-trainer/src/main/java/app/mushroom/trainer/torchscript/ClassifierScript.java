package app.mushroom.trainer.torchscript;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Turns a backbone that gives an embedding into one TorchScript module that classifies: the
 * backbone's module tree is spliced, unread, into a new root with a linear head. Training and
 * serving then run the very same module, and saving it saves everything.
 *
 * <p>{@code forward(x)} returns (logits (N, K), embedding (N, D)). Where the backbone has {@code
 * both(x)}, which returns (feature map, embedding), {@code maps(x)} returns (logits, embedding,
 * feature map (N, D, h, w), head weight (K, D)): all that a class-activation map needs (Zhou et
 * al., "Learning Deep Features for Discriminative Localization", CVPR 2016).
 */
public final class ClassifierScript {

  private static final String MODULE = "__torch__.mushroom";
  private static final String WEIGHT_KEY = "mushroom_head_weight";
  private static final String BIAS_KEY = "mushroom_head_bias";

  /**
   * Pixels as NHWC in memory (2 is {@code torch.channels_last}), the shape stays NCHW: the same
   * answer, but a fifth faster in training and a seventh in serving on a processor.
   */
  private static final String CHANNELS_LAST = "    pixels = torch.contiguous(x, memory_format=2)\n";

  private ClassifierScript() {}

  /**
   * @param backbone TorchScript file whose {@code forward} returns (N, D) or (N, D, 1, 1)
   * @param weight head weight, K rows of D values
   * @param bias head bias, K values
   * @param dropout share of embedding values dropped while training, in [0, 1)
   */
  public static void write(Path backbone, Path target, float[] weight, float[] bias, double dropout)
      throws IOException {
    ScriptArchive archive = ScriptArchive.read(backbone);
    byte[] tree = archive.get("data.pkl");
    String rootClass = rootClass(backbone, tree);
    boolean hasMaps = declaresBoth(archive, rootClass);
    int classes = bias.length;
    int dimensions = weight.length / classes;

    Pickle pickle = new Pickle().op(0x80, 2).global(MODULE, "Classifier").op(')', 0x81, '}', '(');
    pickle.text("training").op(0x89).text("_is_full_backward_hook").op('N');
    // The backbone's own object: its pickle without the leading PROTO and the trailing STOP.
    pickle.text("backbone").raw(tree, 2, tree.length - 1);
    pickle.text("head_weight").parameter(WEIGHT_KEY, classes, dimensions);
    pickle.text("head_bias").parameter(BIAS_KEY, classes);
    archive.put("data.pkl", pickle.op('u', 'b', '.').bytes());
    archive.put("code/__torch__/mushroom.py", source(rootClass, dropout, hasMaps));
    archive.put("data/" + WEIGHT_KEY, littleEndian(weight));
    archive.put("data/" + BIAS_KEY, littleEndian(bias));
    archive.write(target);
  }

  private static byte[] source(String rootClass, double dropout, boolean hasMaps) {
    String self = MODULE + ".Classifier";
    String rate = String.format(Locale.ROOT, "%.6f", dropout);
    StringBuilder code = new StringBuilder();
    code.append("class Classifier(Module):\n")
        .append("  __parameters__ = [\"head_weight\", \"head_bias\", ]\n")
        .append("  __buffers__ = []\n")
        .append("  training : bool\n")
        .append("  _is_full_backward_hook : Optional[bool]\n")
        .append("  backbone : ")
        .append(rootClass)
        .append("\n  head_weight : Tensor\n  head_bias : Tensor\n");
    code.append("  def forward(self: ").append(self).append(",\n");
    code.append("    x: Tensor) -> Tuple[Tensor, Tensor]:\n");
    code.append("    backbone = self.backbone\n");
    code.append(CHANNELS_LAST);
    code.append("    embedding = torch.flatten((backbone).forward(pixels, ), 1)\n");
    head(code, rate);
    code.append("    return (logits, embedding)\n");
    if (hasMaps) {
      code.append("  def maps(self: ").append(self).append(",\n");
      code.append("    x: Tensor) -> Tuple[Tensor, Tensor, Tensor, Tensor]:\n");
      code.append("    backbone = self.backbone\n");
      code.append(CHANNELS_LAST);
      code.append("    map, pooled, = (backbone).both(pixels, )\n");
      code.append("    embedding = torch.flatten(pooled, 1)\n");
      head(code, rate);
      code.append("    return (logits, embedding, torch.contiguous(map), head_weight)\n");
    }
    return code.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void head(StringBuilder code, String dropout) {
    code.append("    training = self.training\n");
    code.append("    dropped = torch.dropout(embedding, ").append(dropout).append(", training)\n");
    code.append("    head_weight = self.head_weight\n");
    code.append("    head_bias = self.head_bias\n");
    code.append("    logits = torch.linear(dropped, head_weight, head_bias)\n");
  }

  /** The qualified class name that the pickle begins with, such as {@code __torch__.Net}. */
  private static String rootClass(Path file, byte[] tree) throws NotTorchScriptException {
    if (tree.length < 4 || (tree[0] & 255) != 0x80 || tree[1] != 2 || tree[2] != 'c') {
      throw new NotTorchScriptException(file, "its data.pkl does not begin with a module");
    }
    int first = indexOf(tree, '\n', 3);
    int second = first < 0 ? -1 : indexOf(tree, '\n', first + 1);
    if (second < 0 || tree[tree.length - 1] != '.') {
      throw new NotTorchScriptException(file, "its data.pkl is cut off");
    }
    String module = new String(tree, 3, first - 3, StandardCharsets.UTF_8);
    String name = new String(tree, first + 1, second - first - 1, StandardCharsets.UTF_8);
    if (!module.startsWith("__torch__")) {
      throw new NotTorchScriptException(file, "its root is " + module + "." + name);
    }
    if (module.equals(MODULE)) {
      throw new NotTorchScriptException(file, "it is already a whole classifier, not a backbone");
    }
    return module + "." + name;
  }

  private static boolean declaresBoth(ScriptArchive archive, String rootClass) {
    int dot = rootClass.lastIndexOf('.');
    String file = "code/" + rootClass.substring(0, dot).replace('.', '/') + ".py";
    if (!archive.has(file)) {
      return false;
    }
    String name = rootClass.substring(dot + 1);
    String code = archive.text(file);
    int start = code.indexOf("class " + name + "(");
    int end = code.indexOf("\nclass ", Math.max(start, 0));
    String body = code.substring(Math.max(start, 0), end < 0 ? code.length() : end);
    return body.contains("def both(");
  }

  private static byte[] littleEndian(float[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    buffer.asFloatBuffer().put(values);
    return buffer.array();
  }

  private static int indexOf(byte[] bytes, int value, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == value) {
        return i;
      }
    }
    return -1;
  }
}
