package app.mushroom.trainer.cli;

import java.nio.charset.Charset;
import java.util.Arrays;

/** A curve in one line of text: a character for each value, higher for more. */
final class Sparkline {

  private static final String BLOCKS = "▁▂▃▄▅▆▇█";
  private static final String ASCII = "_.-~=+*#";

  private Sparkline() {}

  /** In blocks, where the terminal can show them. */
  static String of(double[] values) {
    String encoding = System.getProperty("stdout.encoding", Charset.defaultCharset().name());
    boolean blocks =
        Charset.isSupported(encoding)
            && Charset.forName(encoding).canEncode()
            && Charset.forName(encoding).newEncoder().canEncode(BLOCKS);
    return of(values, blocks ? BLOCKS : ASCII);
  }

  /**
   * @param values NaN and infinities show as {@code ?}
   * @param levels characters from low to high
   */
  static String of(double[] values, String levels) {
    double low = Arrays.stream(values).filter(Double::isFinite).min().orElse(0);
    double high = Arrays.stream(values).filter(Double::isFinite).max().orElse(0);
    StringBuilder line = new StringBuilder();
    for (double value : values) {
      if (!Double.isFinite(value)) {
        line.append('?');
        continue;
      }
      double share = high > low ? (value - low) / (high - low) : 0.5;
      line.append(levels.charAt((int) Math.round(share * (levels.length() - 1))));
    }
    return line.toString();
  }
}
