package app.mushroom.api.web;

import app.mushroom.api.access.ScopeMissingException;
import app.mushroom.api.connection.CutOffException;
import app.mushroom.api.feedback.ExportBusyException;
import app.mushroom.api.feedback.ExportCutOffException;
import app.mushroom.api.feedback.FeedbackClosedException;
import app.mushroom.api.feedback.RecordsUnavailableException;
import app.mushroom.api.identification.InvalidRequestException;
import app.mushroom.api.identification.NotAvailableException;
import app.mushroom.api.inference.BusyException;
import app.mushroom.api.inference.ClientGoneException;
import app.mushroom.api.model.ModelLoadingException;
import app.mushroom.api.model.ModelNotFoundException;
import app.mushroom.api.model.ModelRefusedException;
import app.mushroom.api.model.NoModelException;
import app.mushroom.api.model.StoreUnavailableException;
import app.mushroom.api.species.SpeciesNotFoundException;
import app.mushroom.storage.InvalidNameException;
import app.mushroom.vision.photo.PhotoRejectedException;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** What our own exceptions mean to a client. */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class ProblemAdvice {
  private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

  /** As nginx calls it. */
  private static final int CLIENT_CLOSED_REQUEST = 499;

  @ExceptionHandler
  ResponseEntity<Object> photo(PhotoRejectedException e, HttpServletRequest request) {
    Problem problem =
        switch (e.reason()) {
          case EMPTY -> Problem.PHOTO_EMPTY;
          case TOO_LARGE, OUT_OF_MEMORY -> Problem.PHOTO_TOO_LARGE;
          case TOO_MANY_PIXELS -> Problem.PHOTO_TOO_MANY_PIXELS;
          case TOO_SMALL -> Problem.PHOTO_TOO_SMALL;
          case NOT_AN_IMAGE -> Problem.NOT_A_PHOTO;
          case UNSUPPORTED_FORMAT -> Problem.UNSUPPORTED_PHOTO_FORMAT;
          case TRUNCATED -> Problem.PHOTO_TRUNCATED;
          case CORRUPT -> Problem.PHOTO_CORRUPT;
        };
    return problem.answer(message(e), request);
  }

  @ExceptionHandler
  ResponseEntity<Object> invalidRequest(InvalidRequestException e, HttpServletRequest request) {
    return Problem.INVALID_REQUEST.answer(message(e), request);
  }

  @ExceptionHandler
  ResponseEntity<Object> invalidName(InvalidNameException e, HttpServletRequest request) {
    return Problem.INVALID_NAME.answer(message(e), request);
  }

  @ExceptionHandler({
    ModelNotFoundException.class,
    SpeciesNotFoundException.class,
    NotAvailableException.class
  })
  ResponseEntity<Object> notFound(RuntimeException e, HttpServletRequest request) {
    return Problem.NOT_FOUND.answer(message(e), request);
  }

  @ExceptionHandler
  ResponseEntity<Object> feedbackClosed(FeedbackClosedException e, HttpServletRequest request) {
    return Problem.FEEDBACK_CLOSED.answer(message(e), request);
  }

  @ExceptionHandler
  ResponseEntity<Object> modelRefused(ModelRefusedException e, HttpServletRequest request) {
    log.warn("A chosen model was refused: {}", e.getMessage());
    return Problem.MODEL_REFUSED.answer(
        "This version was published but did not pass its checks. Choose another version.", request);
  }

  @ExceptionHandler
  ResponseEntity<Object> modelLoading(ModelLoadingException e, HttpServletRequest request) {
    return retryLater(Problem.MODEL_LOADING, "5", message(e), request);
  }

  @ExceptionHandler
  ResponseEntity<Object> noModel(NoModelException e, HttpServletRequest request) {
    return retryLater(Problem.NO_MODEL, "30", message(e), request);
  }

  @ExceptionHandler
  ResponseEntity<Object> busy(BusyException e, HttpServletRequest request) {
    return retryLater(Problem.BUSY, Long.toString(e.retryAfterSeconds()), message(e), request);
  }

  @ExceptionHandler
  ResponseEntity<Object> cutOff(CutOffException e, HttpServletRequest request) {
    return switch (e.reason()) {
      case SLOW -> Problem.TOO_SLOW.answer(Problem.TOO_SLOW.advice(), request);
      case ROOM ->
          retryLater(
              Problem.BUSY, "5", "Too many photos are being sent just now. Try again.", request);
    };
  }

  /** Nobody reads it; the access log and the meters shall not take it for a failure of ours. */
  @ExceptionHandler
  ResponseEntity<Object> clientGone(ClientGoneException e) {
    return ResponseEntity.status(CLIENT_CLOSED_REQUEST).build();
  }

  @ExceptionHandler
  ResponseEntity<Object> exportBusy(ExportBusyException e, HttpServletRequest request) {
    return retryLater(Problem.BUSY, "60", message(e), request);
  }

  /** Left to the container, which cuts the connection. */
  @ExceptionHandler
  void exportCutOff(ExportCutOffException e) {
    throw e;
  }

  @ExceptionHandler
  ResponseEntity<Object> records(RecordsUnavailableException e, HttpServletRequest request) {
    return retryLater(Problem.RECORDS_UNAVAILABLE, "30", message(e), request);
  }

  @ExceptionHandler
  ResponseEntity<Object> scopeMissing(ScopeMissingException e, HttpServletRequest request) {
    Problem problem = e.hasKey() ? Problem.SCOPE_MISSING : Problem.KEY_REQUIRED;
    HttpHeaders headers = new HttpHeaders();
    if (problem == Problem.KEY_REQUIRED) {
      headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
    }
    return problem.answer(message(e), request, headers);
  }

  @ExceptionHandler
  ResponseEntity<Object> store(StoreUnavailableException e, HttpServletRequest request) {
    log.warn("The store does not answer: {}", String.valueOf(e.getCause()));
    return retryLater(Problem.STORE_UNAVAILABLE, "30", message(e), request);
  }

  private static ResponseEntity<Object> retryLater(
      Problem problem, String seconds, String detail, HttpServletRequest request) {
    HttpHeaders headers = new HttpHeaders();
    headers.set(HttpHeaders.RETRY_AFTER, seconds);
    return problem.answer(detail, request, headers);
  }

  private static String message(Exception e) {
    return String.valueOf(e.getMessage());
  }
}
