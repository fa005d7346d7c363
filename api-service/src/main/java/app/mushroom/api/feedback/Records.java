package app.mushroom.api.feedback;

import app.mushroom.api.identification.Identification;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The tables of identifications and feedback. The same statements run on H2 and PostgreSQL. */
@Repository
class Records {
  static final int MOST_PER_IDENTIFICATION = 5;

  /** How many rows went. */
  record Deleted(int identifications, int feedback) {}

  private final JdbcClient jdbc;
  private final Clock clock;

  Records(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  void insert(Identification identification, int photos) {
    jdbc.sql(
            """
            INSERT INTO identification (id, created, model_name, model_version, photos, is_mushroom,
              mushroom_probability, answer_rank, answer_label, answer_probability, poison_flag,
              deadly, poison_probability)
            VALUES (:id, :created, :modelName, :modelVersion, :photos, :isMushroom,
              :mushroomProbability, :rank, :label, :probability, :flag, :deadly, :poison)
            """)
        .param("id", identification.id())
        .param("created", utc(clock.instant()))
        .param("modelName", identification.model().name())
        .param("modelVersion", identification.model().version())
        .param("photos", photos)
        .param("isMushroom", identification.mushroom().isMushroom())
        .param("mushroomProbability", identification.mushroom().probability())
        .param("rank", identification.answer().rank())
        .param("label", identification.answer().label())
        .param("probability", identification.answer().probability())
        .param("flag", identification.poison().flag())
        .param("deadly", identification.poison().deadly())
        .param("poison", identification.poison().probability())
        .update();
  }

  /** Makes up for a record that could not be written when the answer went out. */
  void insertIfMissing(Identification identification, int photos) {
    if (!isKnown(identification.id())) {
      try {
        insert(identification, photos);
      } catch (DuplicateKeyException e) {
        return; // somebody else was as fast
      }
    }
  }

  boolean isKnown(UUID identification) {
    return jdbc.sql("SELECT COUNT(*) FROM identification WHERE id = :id")
            .param("id", identification)
            .query(Integer.class)
            .single()
        > 0;
  }

  /**
   * Writes feedback down, unless there is enough of it. Whoever comes at the same time waits.
   *
   * @return whether it was written; empty if there is no such identification
   */
  @Transactional
  Optional<Boolean> insert(
      UUID id, UUID identification, Feedback feedback, int photosKept, String withdrawalSha256) {
    if (jdbc.sql("SELECT id FROM identification WHERE id = :id FOR UPDATE")
        .param("id", identification)
        .query(UUID.class)
        .optional()
        .isEmpty()) {
      return Optional.empty();
    }
    int before =
        jdbc.sql("SELECT COUNT(*) FROM feedback WHERE identification_id = :id")
            .param("id", identification)
            .query(Integer.class)
            .single();
    if (before >= MOST_PER_IDENTIFICATION) {
      return Optional.of(false);
    }
    jdbc.sql(
            """
            INSERT INTO feedback (id, identification_id, created, verdict, label, comment_text,
              consent, photos_kept, withdrawal_sha256)
            VALUES (:id, :identification, :created, :verdict, :label, :comment, :consent, :photos,
              :withdrawal)
            """)
        .param("id", id)
        .param("identification", identification)
        .param("created", utc(clock.instant()))
        .param("verdict", feedback.verdict())
        .param("label", feedback.label())
        .param("comment", feedback.comment())
        .param("consent", feedback.hasConsent())
        .param("photos", photosKept)
        .param("withdrawal", withdrawalSha256)
        .update();
    return Optional.of(true);
  }

  /** What a piece of feedback can be taken back with; empty if there is no such feedback. */
  Optional<String> withdrawalSha256(UUID feedback) {
    return jdbc.sql("SELECT COALESCE(withdrawal_sha256, '') FROM feedback WHERE id = :id")
        .param("id", feedback)
        .query(String.class)
        .optional();
  }

  boolean deleteFeedback(UUID id) {
    return jdbc.sql("DELETE FROM feedback WHERE id = :id").param("id", id).update() > 0;
  }

  /**
   * Deletes the oldest identifications and the feedback on them. Rows that another replica is
   * deleting, or that feedback is just given on, are left to it.
   *
   * @param most identifications at a time
   */
  @Transactional
  Deleted deleteBefore(Instant oldest, int most) {
    List<UUID> ids =
        jdbc.sql(
                """
                SELECT id FROM identification WHERE created < :oldest
                ORDER BY created, id LIMIT :most FOR UPDATE SKIP LOCKED
                """)
            .param("oldest", utc(oldest))
            .param("most", most)
            .query(UUID.class)
            .list();
    if (ids.isEmpty()) {
      return new Deleted(0, 0);
    }
    int feedback =
        jdbc.sql("DELETE FROM feedback WHERE identification_id IN (:ids)")
            .param("ids", ids)
            .update();
    int identifications =
        jdbc.sql("DELETE FROM identification WHERE id IN (:ids)").param("ids", ids).update();
    return new Deleted(identifications, feedback);
  }

  static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
