package app.mushroom.trainer.settings;

import app.mushroom.trainer.training.HyperparameterKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A key of the settings. This list and the components of {@link
 * app.mushroom.trainer.training.Hyperparameters} are the one place that names, explains and limits
 * them.
 *
 * @param component as in run records, for keys of the recipe
 * @param about what it does, without a full stop
 */
public record SettingKey(String name, @Nullable String component, SettingType type, String about) {

  public static final String PRESET = "preset";
  public static final String DATASET = "dataset";
  public static final String DATASET_VERSION = "dataset-version";
  public static final String BACKBONE = "backbone";
  public static final String ARCHITECTURE = "architecture";
  public static final String MODEL = "model";
  public static final String TEACHER = "teacher";
  public static final String DEVICE = "device";
  public static final String PROMOTE = "promote";

  private static final List<SettingKey> ALL = all();

  private static List<SettingKey> all() {
    List<SettingKey> keys = new ArrayList<>();
    keys.add(
        of(
            PRESET,
            new SettingType.Choice(Preset.words()),
            "the recipe to start from; every key of the recipe that is given changes it"));
    keys.add(of(DATASET, new SettingType.Name(), "dataset to train on"));
    keys.add(
        of(
            DATASET_VERSION,
            new SettingType.Whole(1, Integer.MAX_VALUE),
            "version of the dataset; the latest if not given"));
    keys.add(
        of(
            BACKBONE,
            new SettingType.Text(2000),
            "TorchScript module that turns a photo into an embedding: a file, or a gs://, https://"
                + " or djl:// location"));
    keys.add(
        of(
            ARCHITECTURE,
            new SettingType.Text(64),
            "name of the network on model cards; the backbone's file name if not given"));
    keys.add(of(MODEL, new SettingType.Name(), "model to publish a version of"));
    keys.add(
        of(
            TEACHER,
            new SettingType.Versions(),
            "published versions of the model to learn from, in addition to the labels"));
    keys.add(
        of(
            DEVICE,
            new SettingType.Choice(List.of("auto", "cpu", "gpu")),
            "where to compute; auto takes a GPU where the engine finds one"));
    keys.add(
        of(
            PROMOTE,
            new SettingType.YesNo(),
            "whether the new version may become the one that is served, if it is no worse"));
    for (HyperparameterKey key : app.mushroom.trainer.training.Hyperparameters.keys()) {
      keys.add(
          new SettingKey(
              key.name(),
              key.component(),
              key.whole()
                  ? new SettingType.Whole(key.from(), key.to())
                  : new SettingType.Decimal(key.from(), key.to()),
              key.about()));
    }
    return Collections.unmodifiableList(keys);
  }

  private static SettingKey of(String name, SettingType type, String about) {
    return new SettingKey(name, null, type, about);
  }

  /** A list of versions as a value of {@link #TEACHER}. */
  public static String versions(List<String> versions) {
    return versions.isEmpty() ? SettingType.Versions.NONE : String.join(",", versions);
  }

  /** All keys: first what to train on and where the result goes, then the recipe. */
  public static List<SettingKey> keys() {
    return ALL;
  }

  /** Whether it is one of the hyperparameters. */
  public boolean isRecipe() {
    return component != null;
  }

  /** What it does, as a sentence. */
  public String sentence() {
    return about.substring(0, 1).toUpperCase(Locale.ROOT) + about.substring(1) + ".";
  }

  /** What values it takes: {@code a number in [0, 1]}. */
  public String expected() {
    return type.expected();
  }

  /**
   * @param origin where the name was found, for the message
   * @throws SettingException if there is no such key; the message names the nearest
   */
  static SettingKey named(String name, String origin) {
    return ALL.stream()
        .filter(key -> key.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new SettingException(
                    origin
                        + ": there is no setting "
                        + SettingException.shown(name)
                        + "."
                        + nearest(name).map(near -> " Did you mean " + near + "?").orElse("")
                        + " All of them: mushroom train --print-settings"));
  }

  private static Optional<String> nearest(String name) {
    String wanted = bare(name);
    return ALL.stream()
        .map(SettingKey::name)
        .filter(known -> distance(wanted, bare(known)) <= Math.max(1, known.length() / 3))
        .min(Comparator.comparingInt(known -> distance(wanted, bare(known))));
  }

  /**
   * Spelling apart: {@code headEpochs}, {@code head_epochs} and {@code --head-epochs} are alike.
   */
  private static String bare(String name) {
    return name.replaceAll("[-_ ]", "").toLowerCase(Locale.ROOT);
  }

  /** Letters to insert, delete or replace (Levenshtein, 1966). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, 1 + Math.min(row[j - 1], diagonal));
      }
    }
    return row[b.length()];
  }

  /**
   * @throws SettingException if the text does not say a value that is allowed
   */
  Object read(Given given) {
    Optional<Object> value =
        given.quoted() && !type.isText() ? Optional.empty() : type.read(given.text());
    return value.orElseThrow(
        () ->
            new SettingException(
                given.origin()
                    + ": expected "
                    + name
                    + " to be "
                    + type.expected()
                    + ", found "
                    + (given.text().isEmpty() && !given.quoted()
                        ? "nothing. Remove the line to have the preset's value."
                        : (given.quoted() ? "the text " : "")
                            + SettingException.shown(given.text())
                            + ".")));
  }
}
