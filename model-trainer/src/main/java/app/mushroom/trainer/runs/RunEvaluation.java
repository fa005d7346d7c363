package app.mushroom.trainer.runs;

import app.mushroom.trainer.evaluation.EvaluationDetails;
import app.mushroom.trainer.evaluation.Figures;
import app.mushroom.trainer.publishing.BundleMetrics;
import java.util.Map;

/**
 * {@code evaluation.json} of a run: {@code metrics.json} of the bundle that came of it, and where
 * it is right and wrong.
 *
 * @param details by split, in lower case
 */
public record RunEvaluation(
    int schemaVersion,
    Figures val,
    Figures test,
    BundleMetrics.Training training,
    Map<String, EvaluationDetails> details) {}
