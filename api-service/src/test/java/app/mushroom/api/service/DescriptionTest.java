package app.mushroom.api.service;

import org.junit.jupiter.api.Test;

/** What {@code /v3/api-docs} says, which clients are generated from. */
class DescriptionTest extends ServiceTest {

  @Test
  void dump() throws Exception {
    java.nio.file.Files.write(
        java.nio.file.Path.of("target/openapi.json"), get("/v3/api-docs").body());
    java.nio.file.Files.write(
        java.nio.file.Path.of("target/predict.json"),
        identify(app.mushroom.api.fixture.TestPhotos.jpeg(new java.awt.Color(220, 120, 40), 96, 80))
            .body());
  }
}
