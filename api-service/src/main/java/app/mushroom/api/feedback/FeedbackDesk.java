package app.mushroom.api.feedback;

import app.mushroom.api.identification.NotAvailableException;
import app.mushroom.api.identification.RecentIdentifications;
import app.mushroom.api.identification.TimeOrderedIds;
import app.mushroom.api.model.StoreUnavailableException;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Takes feedback, and gives it back to whoever changed their mind. */
@Service
class FeedbackDesk {
  private static final Logger log = LoggerFactory.getLogger(FeedbackDesk.class);

  private final Records records;
  private final Database database;
  private final RecentIdentifications recent;
  private final ReviewPhotos reviewPhotos;
  private final TimeOrderedIds ids;

  FeedbackDesk(
      Records records,
      Database database,
      RecentIdentifications recent,
      ReviewPhotos reviewPhotos,
      TimeOrderedIds ids) {
    this.records = records;
    this.database = database;
    this.recent = recent;
    this.reviewPhotos = reviewPhotos;
    this.ids = ids;
  }

  /**
   * @throws NotAvailableException if there is no such identification
   * @throws FeedbackClosedException if enough feedback was given on it
   * @throws RecordsUnavailableException if it cannot be written down; nothing is kept then
   * @throws StoreUnavailableException if the photos cannot be put aside; nothing is kept then
   */
  FeedbackReceipt accept(UUID identification, Feedback feedback) {
    Optional<RecentIdentifications.Recent> known = recent.find(identification);
    Optional<RecentIdentifications.Recent> shared =
        feedback.hasConsent() ? known : Optional.empty();
    UUID id = ids.next();
    int photos = shared.map(kept -> kept.photos().size()).orElse(0);
    String token = WithdrawalTokens.next();
    String sha256 = WithdrawalTokens.sha256(token);
    boolean written =
        database
            .use(
                () -> {
                  known.ifPresent(
                      kept -> records.insertIfMissing(kept.identification(), kept.photos().size()));
                  return records.insert(id, identification, feedback, photos, sha256);
                })
            .orElseThrow(
                () ->
                    new NotAvailableException(
                        "Expected the id of an identification that this service made and still"
                            + " knows, found an unknown one."));
    if (!written) {
      throw new FeedbackClosedException();
    }
    shared.ifPresent(kept -> keep(id, kept, feedback, sha256));
    return new FeedbackReceipt(id, identification, photos, token);
  }

  private void keep(
      UUID id, RecentIdentifications.Recent kept, Feedback feedback, String withdrawalSha256) {
    try {
      reviewPhotos.keep(id, kept, feedback, withdrawalSha256);
    } catch (IOException e) {
      forget(id);
      throw new StoreUnavailableException(e);
    }
  }

  private void forget(UUID id) {
    try {
      database.use(() -> records.deleteFeedback(id));
    } catch (RecordsUnavailableException e) {
      log.warn("Feedback {} stays in the database without the photos that it names.", id);
    }
  }

  /**
   * Deletes feedback and the photos that came with it.
   *
   * @param token that its receipt told; absent where the caller may delete any
   * @throws NotAvailableException if there is no such feedback, or the token is of another
   */
  void withdraw(UUID id, Optional<String> token) {
    try {
      Optional<String> row = database.use(() -> records.withdrawalSha256(id));
      // Photos outlive the row: retention does not delete what people agreed to share.
      Optional<String> sha256 = row.isPresent() ? row : reviewPhotos.withdrawalSha256(id);
      boolean may =
          sha256.isPresent()
              && token.map(told -> WithdrawalTokens.matches(told, sha256.get())).orElse(true);
      if (!may) {
        throw new NotAvailableException(
            "Expected the id of feedback and the token of its receipt, found no such pair.");
      }
      reviewPhotos.remove(id);
      database.use(() -> records.deleteFeedback(id));
      log.info("Feedback {} was withdrawn.", id);
    } catch (IOException e) {
      throw new StoreUnavailableException(e);
    }
  }
}
