package app.mushroom.api.classifier;

/**
 * What the network says about one photo.
 *
 * @param logits one a label, uncalibrated
 * @param embedding what the linear classifier saw
 */
@SuppressWarnings("ArrayRecordComponent") // handed on once, compared by nobody
public record Scores(float[] logits, float[] embedding) {}
