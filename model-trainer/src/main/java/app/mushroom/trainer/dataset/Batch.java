package app.mushroom.trainer.dataset;

/**
 * Photos ready for the network.
 *
 * @param pixels normalised NCHW float32, N × 3 × size × size
 * @param targets N rows of K probabilities; empty rows for evaluation
 * @param count N
 * @param size height and width in pixels
 */
public record Batch(float[] pixels, float[][] targets, int count, int size) {}
