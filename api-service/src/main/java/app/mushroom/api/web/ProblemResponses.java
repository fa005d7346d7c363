package app.mushroom.api.web;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.IntegerSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The error answers in the description, made from {@link Problem} so that none is forgotten. */
final class ProblemResponses {
  static final String SCHEMA = "Problem";

  private static final String PROBLEM_JSON = "application/problem+json";

  private ProblemResponses() {}

  static Schema<?> schema() {
    ObjectSchema schema = new ObjectSchema();
    schema.setDescription("What went wrong, as RFC 9457 has it, in a sentence to act on");
    schema.addProperty(
        "type",
        new StringSchema()
            .description("Stable; one of " + types(Arrays.asList(Problem.values())))
            .example(Problem.BUSY.type()));
    schema.addProperty("title", new StringSchema().example(Problem.BUSY.title()));
    schema.addProperty("status", new IntegerSchema().example(Problem.BUSY.status().value()));
    schema.addProperty(
        "detail", new StringSchema().description("What was expected, what was found, what to do"));
    schema.addProperty("instance", new StringSchema().description("Path that was asked for"));
    schema.addProperty(
        "correlationId", new StringSchema().description("Under which the logs know the request"));
    schema.setRequired(List.of("type", "title", "status", "detail", "correlationId"));
    return schema;
  }

  static void add(Operation operation, String path, boolean isUpload, boolean isPost) {
    Set<Integer> statuses = new TreeSet<>(List.of(500));
    boolean hasParameters =
        operation.getParameters() != null && !operation.getParameters().isEmpty();
    if (path.contains("{")) {
      statuses.addAll(isPost ? List.of(400, 404, 409) : List.of(400, 404));
    }
    if (hasParameters || isPost) {
      statuses.add(400);
    }
    if (isPost) {
      statuses.addAll(List.of(413, 415));
    }
    if (isUpload) {
      statuses.add(422);
    }
    statuses.addAll(List.of(401, 403, 429, 503));
    statuses.forEach(status -> add(operation, status));
    operation
        .getResponses()
        .addApiResponse(
            "default",
            new ApiResponse().description("Any other problem").content(content(List.of())));
  }

  private static void add(Operation operation, int status) {
    List<Problem> problems =
        Arrays.stream(Problem.values())
            .filter(problem -> problem.status().value() == status)
            .toList();
    if (problems.isEmpty()) {
      return;
    }
    ApiResponse response =
        new ApiResponse()
            .description(problems.stream().map(Problem::title).collect(Collectors.joining("; ")))
            .content(content(problems));
    if (status == 429 || status == 503) {
      response.addHeaderObject(
          "Retry-After",
          new Header()
              .description("Seconds to wait")
              .schema(new IntegerSchema().minimum(java.math.BigDecimal.ONE)));
    }
    operation.getResponses().addApiResponse(Integer.toString(status), response);
  }

  private static Content content(List<Problem> problems) {
    MediaType json = new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + SCHEMA));
    problems.forEach(problem -> json.addExamples(name(problem), example(problem)));
    return new Content().addMediaType(PROBLEM_JSON, json);
  }

  private static Example example(Problem problem) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("type", problem.type());
    value.put("title", problem.title());
    value.put("status", problem.status().value());
    value.put("detail", problem.advice());
    value.put("correlationId", "0198c5c2-3f1a-7c2e-9d51-2f5c8a7e4b10");
    return new Example().summary(problem.title()).value(value);
  }

  private static String name(Problem problem) {
    return problem.type().substring("/problems/".length());
  }

  private static String types(List<Problem> problems) {
    return problems.stream().map(Problem::type).collect(Collectors.joining(", "));
  }
}
