package app.mushroom.api.feedback;

import org.junit.jupiter.api.BeforeAll;

class PostgresRecordsTest extends RecordsContract {

  @BeforeAll
  static void start() {
    Postgres.require();
  }

  @Override
  String url() {
    return Postgres.url();
  }
}
