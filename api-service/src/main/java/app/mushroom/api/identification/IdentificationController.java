package app.mushroom.api.identification;

import app.mushroom.api.access.Caller;
import app.mushroom.vision.photo.PhotoRejectedException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Photos in, identification out. */
@RestController
@RequestMapping("/api/v1")
@Tag(name = "identifications")
class IdentificationController {
  private static final String CIRCUMSTANCES =
      "latitude, longitude and date of the find are optional: where the model knows enough finds"
          + " with place and date they move the probabilities. They never make a warning milder,"
          + " and are neither logged nor stored.";

  private static final String REPEAT_KEY = "Idempotency-Key";

  private static final String REPEATS =
      "16 to 64 letters, digits, _ and -. The same photos under the same key get the same answer"
          + " for ten minutes, without being looked at or recorded again: for clients that do not"
          + " know whether their request arrived";

  private final Identifier identifier;
  private final RepeatedRequests repeated;

  IdentificationController(Identifier identifier, RepeatedRequests repeated) {
    this.identifier = identifier;
    this.repeated = repeated;
  }

  @PostMapping(
      path = "/identifications",
      consumes = MediaType.MULTIPART_FORM_DATA_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      operationId = "identify",
      summary = "Identify a mushroom from 1 to 5 photos of one find",
      description = CIRCUMSTANCES)
  Identification identify(
      @RequestPart("images") List<MultipartFile> images,
      @Limit @RequestParam(defaultValue = "5") int limit,
      @Parameter(hidden = true) @RequestParam(required = false) @Nullable String latitude,
      @Parameter(hidden = true) @RequestParam(required = false) @Nullable String longitude,
      @Parameter(hidden = true) @RequestParam(required = false) @Nullable String date,
      @Parameter(description = REPEATS) @RequestHeader(name = REPEAT_KEY, required = false)
          @Nullable String repeatKey,
      HttpServletRequest request)
      throws PhotoRejectedException, IOException {
    return repeated.answer(
        repeatKey,
        new Query(photos(images), limit, Caller.of(request), Found.read(latitude, longitude, date)),
        query -> identifier.identify(query).identification());
  }

  @PostMapping(
      path = "/models/{version}/identifications",
      consumes = MediaType.MULTIPART_FORM_DATA_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(
      operationId = "identifyWith",
      summary = "The same, by a published model of your choice",
      description = CIRCUMSTANCES)
  Identification identifyWith(
      @Parameter(description = "A published number, or starter", example = "3") @PathVariable
          String version,
      @RequestPart("images") List<MultipartFile> images,
      @Limit @RequestParam(defaultValue = "5") int limit,
      @Parameter(hidden = true) @RequestParam(required = false) @Nullable String latitude,
      @Parameter(hidden = true) @RequestParam(required = false) @Nullable String longitude,
      @Parameter(hidden = true) @RequestParam(required = false) @Nullable String date,
      HttpServletRequest request)
      throws PhotoRejectedException, IOException {
    return identifier
        .identifyWith(
            version,
            new Query(
                photos(images), limit, Caller.of(request), Found.read(latitude, longitude, date)))
        .identification();
  }

  /** How many candidates to name. */
  @Parameter(
      description = "Most candidates to name",
      schema = @Schema(type = "integer", format = "int32", minimum = "1", defaultValue = "5"))
  @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
  private @interface Limit {}

  private static List<PhotoSource> photos(List<MultipartFile> images) {
    return images.stream().<PhotoSource>map(image -> image::getBytes).toList();
  }
}
