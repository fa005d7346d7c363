package app.mushroom.trainer.promotion;

/**
 * One condition of a promotion.
 *
 * @param name {@code golden}, {@code labels}, {@code comparison}, {@code poisonRecall}, {@code
 *     poisonCost}, {@code macroF1}, {@code cannotTell}, {@code mushroomsRefused}, {@code
 *     notMushroomRefused}, {@code knownPoisonRecall}, {@code knownPoisonCost} or {@code
 *     knownMacroF1}
 * @param passed whether it holds
 * @param sentence what was found, for people
 */
public record Check(String name, boolean passed, String sentence) {

  static final String GOLDEN = "golden";
  static final String LABELS = "labels";
  static final String COMPARISON = "comparison";

  static Check passed(String name, String sentence) {
    return new Check(name, true, sentence);
  }

  static Check failed(String name, String sentence) {
    return new Check(name, false, sentence);
  }
}
