package app.mushroom.api.feedback;

import java.util.UUID;

/**
 * Confirms feedback.
 *
 * @param photosKept how many photos were put aside for review; 0 without consent, or when the
 *     photos were no longer in memory
 * @param withdrawalToken takes it all back, as the header {@code X-Withdrawal-Token} of {@code
 *     DELETE /api/v1/feedback/{id}}; it is told once
 */
public record FeedbackReceipt(
    UUID id, UUID identification, int photosKept, String withdrawalToken) {}
