package app.mushroom.api.web;

import app.mushroom.api.identification.Sentences;
import app.mushroom.vision.decision.SafetyPolicy;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.BinarySchema;
import io.swagger.v3.oas.models.media.DateSchema;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.NumberSchema;
import io.swagger.v3.oas.models.media.ObjectSchema;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.servers.Server;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What {@code /v3/api-docs} says of the API as a whole. The description is OpenAPI 3.0: generators
 * of clients still stumble over 3.1.
 */
@Configuration(proxyBeanMethods = false)
class ApiDescription {
  private static final String MULTIPART = "multipart/form-data";
  private static final String NAME = "^[a-z0-9][a-z0-9._-]{0,63}$";

  @Bean
  OpenAPI openApi() {
    return new OpenAPI()
        .info(
            new Info()
                .title("Mushroom App")
                .version("1")
                .license(
                    new License()
                        .name("Apache-2.0")
                        .url("https://www.apache.org/licenses/LICENSE-2.0"))
                .description(
                    "Tells from a photo which mushroom it is and whether it could hurt you. "
                        + Sentences.WARNING
                        + " Errors are application/problem+json with a stable type. Fields may be"
                        + " added to answers, and are never renamed: clients ignore those they do"
                        + " not know."))
        .servers(List.of(new Server().url("/").description("This service")))
        .components(new Components());
  }

  /** Fields of records are required unless they are marked nullable. */
  @Bean
  ModelConverter requiredFields() {
    return new RequiredFields();
  }

  @Bean
  OpenApiCustomizer wholeDescription() {
    return api -> {
      api.getComponents().addSchemas(ProblemResponses.SCHEMA, ProblemResponses.schema());
      anyNumberOrText(api.getComponents().getSchemas().get("Experiment"));
      api.getPaths()
          .forEach(
              (path, item) ->
                  item.readOperationsMap()
                      .forEach((method, operation) -> complete(path, method, operation)));
    };
  }

  /** The original writes an empty text where it knows no number. */
  private static void anyNumberOrText(@Nullable Schema<?> experiment) {
    if (experiment != null) {
      experiment
          .getProperties()
          .replaceAll(
              (name, field) ->
                  "object".equals(field.getType())
                      ? new Schema<>().description("An empty text where it is not known")
                      : field);
    }
  }

  private static void complete(String path, PathItem.HttpMethod method, Operation operation) {
    boolean isUpload =
        operation.getRequestBody() != null
            && operation.getRequestBody().getContent().containsKey(MULTIPART);
    if (isUpload) {
      describeUpload(path, operation);
    }
    if (operation.getParameters() != null) {
      operation.getParameters().forEach(ApiDescription::describeName);
    }
    operation.getResponses().values().forEach(ApiDescription::describeAnswer);
    ProblemResponses.add(operation, path, isUpload, method == PathItem.HttpMethod.POST);
  }

  private static void describeUpload(String path, Operation operation) {
    ObjectSchema form = new ObjectSchema();
    if (path.equals("/predict")) {
      form.addProperty("file", photo());
      form.required(List.of("file"));
    } else {
      form.addProperty(
          "images",
          new ArraySchema()
              .items(photo())
              .minItems(1)
              .maxItems(SafetyPolicy.MAX_PHOTOS)
              .description("Photos of one find"));
      form.addProperty("latitude", degrees(90, "Degrees north of where it grew", 47.4));
      form.addProperty("longitude", degrees(180, "Degrees east of where it grew", 8.5));
      form.addProperty(
          "date", new DateSchema().description("Day on which it was found").example("2026-09-30"));
      form.required(List.of("images"));
    }
    operation
        .getRequestBody()
        .required(true)
        .getContent()
        .addMediaType(MULTIPART, new MediaType().schema(form));
    if (operation.getParameters() != null) {
      operation.getParameters().removeIf(p -> Set.of("images", "file").contains(p.getName()));
    }
  }

  private static void describeName(Parameter parameter) {
    if (Set.of("version", "label").contains(parameter.getName())) {
      parameter.schema(new StringSchema().pattern(NAME).maxLength(64));
    }
  }

  private static void describeAnswer(ApiResponse answer) {
    MediaType png = answer.getContent() == null ? null : answer.getContent().get("image/png");
    if (png != null) {
      png.schema(new BinarySchema());
    }
    answer.addHeaderObject(
        CorrelationId.HEADER,
        new Header()
            .description("Under which the logs know the request; one that is sent is kept")
            .schema(new StringSchema()));
  }

  private static Schema<?> photo() {
    return new BinarySchema()
        .description("JPEG, PNG, WebP, GIF, BMP or TIFF, at most 20,000,000 bytes");
  }

  private static Schema<?> degrees(int most, String what, double example) {
    return new NumberSchema()
        .format("double")
        .minimum(BigDecimal.valueOf(-most))
        .maximum(BigDecimal.valueOf(most))
        .description(what + "; rounded to 5 degrees at once, never logged or stored")
        .example(example);
  }
}
