package app.mushroom.api.feedback;

import java.util.UUID;

/**
 * Confirms feedback.
 *
 * @param photosKept how many photos were put aside for review; 0 without consent, or when the
 *     photos were no longer in memory
 */
public record FeedbackReceipt(UUID id, UUID identification, int photosKept) {}
