package app.mushroom.api.feedback;

import app.mushroom.api.identification.Identification;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The tables of identifications and feedback. */
@Repository
class Records {
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
        .param("created", now())
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

  boolean isKnown(UUID identification) {
    return jdbc.sql("SELECT COUNT(*) FROM identification WHERE id = :id")
            .param("id", identification)
            .query(Integer.class)
            .single()
        > 0;
  }

  int feedbackCount(UUID identification) {
    return jdbc.sql("SELECT COUNT(*) FROM feedback WHERE identification_id = :id")
        .param("id", identification)
        .query(Integer.class)
        .single();
  }

  void insert(UUID id, UUID identification, Feedback feedback, int photosKept) {
    jdbc.sql(
            """
            INSERT INTO feedback (id, identification_id, created, verdict, label, comment_text,
              consent, photos_kept)
            VALUES (:id, :identification, :created, :verdict, :label, :comment, :consent, :photos)
            """)
        .param("id", id)
        .param("identification", identification)
        .param("created", now())
        .param("verdict", feedback.verdict())
        .param("label", feedback.label())
        .param("comment", feedback.comment())
        .param("consent", feedback.hasConsent())
        .param("photos", photosKept)
        .update();
  }

  private OffsetDateTime now() {
    Instant now = clock.instant();
    return now.atOffset(ZoneOffset.UTC);
  }
}
