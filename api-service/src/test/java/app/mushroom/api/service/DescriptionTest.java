package app.mushroom.api.service;

import static org.assertj.core.api.Assertions.assertThat;

import app.mushroom.api.fixture.TestPhotos;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What {@code /v3/api-docs} says: clients are generated from it. */
class DescriptionTest extends ServiceTest {
  private JsonNode api;

  @BeforeEach
  void read() throws Exception {
    api = JSON.readTree(get("/v3/api-docs").body());
  }

  @Test
  void hasEveryRouteOnceUnderANameOfItsOwn() {
    List<String> names = new ArrayList<>();
    operations().forEach(operation -> names.add(operation.path("operationId").asString()));
    assertThat(names)
        .contains(
            "identify",
            "identifyWith",
            "heatmap",
            "giveFeedback",
            "models",
            "model",
            "leaderboard",
            "speciesList",
            "species",
            "welcome",
            "status",
            "bestModel",
            "originalLeaderboard",
            "experiments",
            "predict")
        .doesNotHaveDuplicates()
        .allSatisfy(name -> assertThat(name).matches("[a-z][A-Za-z]+"));
  }

  @Test
  void everyOperationSaysWhatItDoesAndHowItFails() {
    for (JsonNode operation : operations()) {
      String name = operation.path("operationId").asString();
      assertThat(operation.path("summary").asString()).as(name).isNotBlank();
      assertThat(operation.path("tags").size()).as(name).isEqualTo(1);
      assertThat(operation.path("responses").propertyNames())
          .as(name)
          .contains("500", "503", "default");
      operation
          .path("responses")
          .properties()
          .forEach(
              response -> {
                if (response.getKey().compareTo("3") > 0) {
                  JsonNode content = response.getValue().path("content");
                  assertThat(content.propertyNames())
                      .as(name + " " + response.getKey())
                      .containsExactly("application/problem+json");
                  assertThat(
                          content
                              .path("application/problem+json")
                              .path("schema")
                              .path("$ref")
                              .asString())
                      .isEqualTo("#/components/schemas/Problem");
                }
              });
    }
    assertThat(operation("identify").path("responses").path("503").path("headers").propertyNames())
        .contains("Retry-After");
    assertThat(operation("identify").path("responses").propertyNames())
        .contains("400", "413", "415", "422");
    assertThat(operation("identifyWith").path("responses").propertyNames()).contains("404", "409");
  }

  @Test
  void uploadsAreFormsWithArraysOfFiles() {
    JsonNode form =
        operation("identify")
            .path("requestBody")
            .path("content")
            .path("multipart/form-data")
            .path("schema");
    assertThat(form.path("required").toString()).isEqualTo("[\"images\"]");
    JsonNode images = form.path("properties").path("images");
    assertThat(images.path("type").asString()).isEqualTo("array");
    assertThat(images.path("minItems").asInt()).isEqualTo(1);
    assertThat(images.path("maxItems").asInt()).isEqualTo(5);
    assertThat(images.path("items").path("format").asString()).isEqualTo("binary");
    assertThat(form.path("properties").path("latitude").path("maximum").asInt()).isEqualTo(90);
    assertThat(form.path("properties").path("longitude").path("minimum").asInt()).isEqualTo(-180);
    assertThat(form.path("properties").path("date").path("format").asString()).isEqualTo("date");
    assertThat(operation("identify").path("parameters").toString())
        .contains("\"limit\"")
        .doesNotContain("latitude", "images");
    assertThat(
            operation("predict")
                .path("requestBody")
                .path("content")
                .path("multipart/form-data")
                .path("schema")
                .path("required")
                .toString())
        .isEqualTo("[\"file\"]");
  }

  @Test
  void answersHaveTheFieldsItPromisesAndNoOthers() throws Exception {
    for (byte[] photo :
        List.of(
            TestPhotos.red(),
            TestPhotos.blue(),
            TestPhotos.jpeg(java.awt.Color.GRAY, 96, 80),
            TestPhotos.jpeg(TestPhotos.YELLOW, 96, 80))) {
      requireAsDescribed("identify", "200", identify(photo));
      requireAsDescribed(
          "identify",
          "200",
          post(
              "/api/v1/identifications", Multipart.photo(photo).field("date", "2026-09-30").end()));
      requireAsDescribed(
          "predict",
          "200",
          post("/predict", new Multipart().file("file", "a.jpg", "image/jpeg", photo).end()));
    }
    String id = identified(TestPhotos.red()).path("id").asString();
    requireAsDescribed(
        "giveFeedback",
        "201",
        postJson("/api/v1/identifications/" + id + "/feedback", "{\"verdict\":\"right\"}"));
    for (Map.Entry<String, String> route :
        Map.of(
                "models", "/api/v1/models",
                "model", "/api/v1/models/1",
                "leaderboard", "/api/v1/leaderboard",
                "speciesList", "/api/v1/species",
                "species", "/api/v1/species/amanita_phalloides",
                "originalLeaderboard", "/leaderboard",
                "experiments", "/experiments",
                "bestModel", "/best_model",
                "status", "/status",
                "welcome", "/")
            .entrySet()) {
      requireAsDescribed(route.getKey(), "200", get(route.getValue()));
    }
    requireAsDescribed("species", "404", get("/api/v1/species/not_a_species"));
    requireAsDescribed(
        "identify",
        "400",
        post("/api/v1/identifications?limit=0", Multipart.photo(TestPhotos.red()).end()));
    requireAsDescribed("identify", "415", identify("no photo".getBytes()));
  }

  private void requireAsDescribed(String name, String status, HttpResponse<byte[]> response) {
    assertThat(response.statusCode()).as(name + " " + text(response)).hasToString(status);
    String type = response.headers().firstValue("Content-Type").orElseThrow().split(";", 2)[0];
    JsonNode content = operation(name).path("responses").path(status).path("content").path(type);
    assertThat(content.has("schema")).as("%s %s %s", name, status, type).isTrue();
    check(content.path("schema"), JSON.readTree(response.body()), name);
  }

  private void check(JsonNode mayBeReference, JsonNode value, String where) {
    String reference = mayBeReference.path("$ref").asString("");
    JsonNode schema =
        reference.isEmpty() ? mayBeReference : api.at(reference.substring(1).replace("#", ""));
    assertThat(schema.isMissingNode()).as("schema of " + where).isFalse();
    switch (schema.path("type").asString("any")) {
      case "object" -> checkObject(schema, value, where);
      case "array" -> {
        assertThat(value.isArray()).as(where).isTrue();
        value.forEach(item -> check(schema.path("items"), item, where + "[]"));
      }
      case "string" -> assertThat(value.isString()).as(where).isTrue();
      case "boolean" -> assertThat(value.isBoolean()).as(where).isTrue();
      case "integer" -> assertThat(value.isIntegralNumber()).as(where).isTrue();
      case "number" -> assertThat(value.isNumber()).as(where).isTrue();
      default -> assertThat(value.isNull()).as(where).isFalse();
    }
    if (schema.has("enum")) {
      assertThat(schema.path("enum").toString()).as(where).contains('"' + value.asString() + '"');
    }
  }

  private void checkObject(JsonNode schema, JsonNode value, String where) {
    assertThat(value.isObject()).as(where).isTrue();
    schema
        .path("required")
        .forEach(field -> assertThat(value.propertyNames()).as(where).contains(field.asString()));
    value
        .properties()
        .forEach(
            field -> {
              JsonNode described = schema.path("properties").path(field.getKey());
              if (!described.isMissingNode()) {
                check(described, field.getValue(), where + "." + field.getKey());
              } else {
                assertThat(schema.has("additionalProperties"))
                    .as("%s.%s is described", where, field.getKey())
                    .isTrue();
              }
            });
  }

  private JsonNode operation(String name) {
    return operations().stream()
        .filter(operation -> operation.path("operationId").asString().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private List<JsonNode> operations() {
    List<JsonNode> all = new ArrayList<>();
    api.path("paths").forEach(item -> item.forEach(all::add));
    return all;
  }
}
