package app.mushroom.api.feedback;

import app.mushroom.api.identification.InvalidRequestException;
import app.mushroom.storage.Names;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What someone says about an identification.
 *
 * @param verdict {@code right} or {@code wrong}
 * @param label what it is, if they know; for {@code wrong} only
 * @param comment at most 2000 characters
 * @param consent whether the photos may be kept for the next dataset; absent means no
 */
public record Feedback(
    @Schema(
            requiredMode = Schema.RequiredMode.REQUIRED,
            allowableValues = {"right", "wrong"})
        @Nullable String verdict,
    @Nullable String label,
    @Nullable String comment,
    @Nullable Boolean consent) {
  private static final int LONGEST_COMMENT = 2000;

  public Feedback {
    if (!"right".equals(verdict) && !"wrong".equals(verdict)) {
      throw new InvalidRequestException("Expected verdict to be 'right' or 'wrong'.");
    }
    label = label == null || label.isBlank() ? null : Names.require("label", label);
    comment = comment == null || comment.isBlank() ? null : comment.strip();
    if (comment != null && comment.length() > LONGEST_COMMENT) {
      throw new InvalidRequestException(
          "Expected a comment of at most "
              + LONGEST_COMMENT
              + " characters, found "
              + comment.length()
              + ".");
    }
    if (comment != null && comment.indexOf('\0') >= 0) {
      throw new InvalidRequestException("Expected a comment of plain text, found a NUL character.");
    }
  }

  boolean hasConsent() {
    return Boolean.TRUE.equals(consent);
  }
}
