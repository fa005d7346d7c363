package app.mushroom.api.feedback;

import app.mushroom.api.access.Grant;
import app.mushroom.api.access.Scope;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
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

  @DeleteMapping("/api/v1/feedback/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  @Operation(
      operationId = "withdrawFeedback",
      summary = "Take feedback back: it is deleted, and the photos that came with it",
      description =
          "With the withdrawalToken of its receipt, or a key with the scope 'delete' for anybody's.")
  void withdraw(
      @PathVariable UUID id,
      @RequestHeader(name = "X-Withdrawal-Token", required = false) @Nullable String token,
      @Parameter(hidden = true) HttpServletRequest request) {
    if (token == null) {
      Grant.of(request).require(Scope.DELETE);
    }
    desk.withdraw(id, Optional.ofNullable(token));
  }
}
