package app.mushroom.trainer.evaluation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a model is right and wrong on one set of photos, for people who have to answer for it.
 *
 * @param figures the headline figures
 * @param intervals their 95 % intervals, by their name; a figure without photos has none
 * @param poisonCosts the cost of mistakes about poison, counted three ways
 * @param missed poisonous photos that got no warning, by pair, the most first
 * @param falseAlarms other photos flagged poisonous, by pair, the most first
 * @param misnamed poisonous photos whose likeliest label is not poisonous, whatever the flag said
 * @param labels a score for each label, in the order of the logits
 * @param genera a score for each genus, in alphabetical order
 * @param reliability of the likeliest label's probability
 * @param poisonReliability of the summed probability of the poisonous labels
 * @param abstention what withholding answers gains
 * @param notMushroom how well anything but a mushroom is told apart; null without such photos
 * @param tiers figures by the source's quality tier
 * @param trainingPhotos figures by how many photos each label was learned from; null where the
 *     dataset that the model was trained on is not at hand
 * @param trainedOn how many of the photos the model was trained on, themselves or a near-duplicate;
 *     null as above
 * @param unknownLabels what the model says to labels it was never taught; null without such photos
 * @param unreadable photos left out since they cannot be read; null where nobody counted
 */
public record EvaluationDetails(
    Figures figures,
    Map<String, Interval> intervals,
    PoisonCosts poisonCosts,
    List<Confusion> missed,
    List<Confusion> falseAlarms,
    List<Confusion> misnamed,
    List<ClassScore> labels,
    List<ClassScore> genera,
    List<ReliabilityBin> reliability,
    List<ReliabilityBin> poisonReliability,
    Abstention abstention,
    @Nullable OutOfDistribution notMushroom,
    List<Group> tiers,
    @Nullable List<Group> trainingPhotos,
    @Nullable Integer trainedOn,
    @Nullable OpenSet unknownLabels,
    @Nullable Integer unreadable) {}
