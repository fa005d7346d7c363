package app.mushroom.api.feedback;

class H2RecordsTest extends RecordsContract {
  @Override
  String url() {
    return "jdbc:h2:mem:records;DB_CLOSE_DELAY=-1";
  }
}
