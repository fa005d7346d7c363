package app.mushroom.api.feedback;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Takes what people say about an identification. */
@RestController
@Tag(name = "identifications")
class FeedbackController {
  private final FeedbackDesk desk;

  FeedbackController(FeedbackDesk desk) {
    this.desk = desk;
  }

  @PostMapping(
      path = "/api/v1/identifications/{id}/feedback",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.CREATED)
  @Operation(
      operationId = "giveFeedback",
      summary = "Say whether an identification was right, and share its photos")
  FeedbackReceipt feedback(@PathVariable UUID id, @RequestBody Feedback feedback) {
    return desk.accept(id, feedback);
  }
}
