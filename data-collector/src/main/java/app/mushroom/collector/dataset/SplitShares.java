package app.mushroom.collector.dataset;

import app.mushroom.storage.dataset.Split;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How photos without a split are shared out.
 *
 * @param train per cent
 * @param val per cent
 * @param test per cent; the three add up to 100
 */
public record SplitShares(int train, int val, int test) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,3})/(\\d{1,3})/(\\d{1,3})");

  /** Four fifths to learn from, a tenth to choose by, a tenth to judge by. */
  public static final SplitShares USUAL = new SplitShares(80, 10, 10);

  public SplitShares {
    if (train < 0 || val < 0 || test < 0 || train + val + test != 100) {
      throw new IllegalArgumentException(
          "Expected shares of train/val/test that add up to 100, such as 80/10/10, found %d/%d/%d"
              .formatted(train, val, test));
    }
  }

  /** Reads {@code 80/10/10}. */
  public static SplitShares parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "Expected shares of train/val/test such as 80/10/10, found " + text);
    }
    return new SplitShares(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        Integer.parseInt(matcher.group(3)));
  }

  /** The photos that a split should have of so many, to the nearest whole photo. */
  int of(Split split, int photos) {
    int percent =
        switch (split) {
          case TRAIN -> train;
          case VAL -> val;
          case TEST -> test;
        };
    return (photos * percent + 50) / 100;
  }
}
