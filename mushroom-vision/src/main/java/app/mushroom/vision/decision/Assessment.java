package app.mushroom.vision.decision;

import org.jspecify.annotations.Nullable;

/**
 * What the photos of one find say.
 *
 * @param mushroomProbability of the photo that looks most like a mushroom, 0..1
 * @param isMushroom whether at least one photo passed the gate
 * @param probabilities per label, in the order of the logits, summing to 1; calibrated
 * @param rank how precise the answer is
 * @param answer a label for SPECIES, a genus in lower case for GENUS, null for NONE
 * @param answerProbability of the answer; of the likeliest label for NONE
 * @param band a word for that probability; null for NONE
 * @param flag what can be said about poison; when rank is NONE it is CANNOT_TELL, or POISONOUS
 *     where the photos alone, or the thresholds of all labels, name something poisonous
 * @param deadly whether a deadly mushroom is among what the flag warns of
 * @param poisonProbability summed probability of all poisonous and deadly labels; of with and
 *     without place and date the larger
 * @param reason why the flag says so
 * @param explanation the same in sentences, with names and numbers
 * @param usedDate whether the date moved the probabilities
 * @param usedPlace whether the place did
 * @param ranking label indices, most likely first; equal ones in the order of the labels
 */
@SuppressWarnings("ArrayRecordComponent") // vectors of one answer, made afresh each time
public record Assessment(
    double mushroomProbability,
    boolean isMushroom,
    double[] probabilities,
    AnswerRank rank,
    @Nullable String answer,
    double answerProbability,
    @Nullable Band band,
    PoisonFlag flag,
    boolean deadly,
    double poisonProbability,
    PoisonReason reason,
    String explanation,
    boolean usedDate,
    boolean usedPlace,
    int[] ranking) {}
