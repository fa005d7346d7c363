package app.mushroom.api.feedback;

import java.util.List;

/** What can be read out, each under the names that its columns and fields have outside. */
enum RecordTable {
  IDENTIFICATIONS(
      """
      SELECT t.id, t.created, t.model_name, t.model_version, t.photos, t.is_mushroom,
        t.mushroom_probability, t.answer_rank, t.answer_label, t.answer_probability, t.poison_flag,
        t.deadly, t.poison_probability
      FROM identification t
      """,
      List.of(
          "id",
          "created",
          "model",
          "modelVersion",
          "photos",
          "isMushroom",
          "mushroomProbability",
          "rank",
          "label",
          "probability",
          "poisonFlag",
          "deadly",
          "poisonProbability")),

  FEEDBACK(
      """
      SELECT t.id, t.created, t.identification_id, t.verdict, t.label, t.comment_text, t.consent,
        t.photos_kept, i.model_name, i.model_version, i.answer_rank, i.answer_label, i.poison_flag
      FROM feedback t JOIN identification i ON i.id = t.identification_id
      """,
      List.of(
          "id",
          "created",
          "identification",
          "verdict",
          "label",
          "comment",
          "consent",
          "photosKept",
          "model",
          "modelVersion",
          "answerRank",
          "answerLabel",
          "answerPoisonFlag"));

  private final String select;
  private final List<String> columns;

  RecordTable(String select, List<String> columns) {
    this.select = select;
    this.columns = columns;
  }

  List<String> columns() {
    return columns;
  }

  /** The rows behind a place in the order of time, which an index keeps. */
  String page() {
    return select
        + """
        WHERE t.created >= :created AND (t.created > :created OR t.id > :id) AND t.created < :to
        ORDER BY t.created, t.id LIMIT :most
        """;
  }
}
