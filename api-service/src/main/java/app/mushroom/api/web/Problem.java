package app.mushroom.api.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.json.JsonMapper;

/**
 * The kinds of problem that clients can rely on: {@code type} is {@code /problems/<name>} and never
 * changes its meaning.
 */
enum Problem {
  INVALID_REQUEST(HttpStatus.BAD_REQUEST, "The request is not as documented"),
  INVALID_NAME(HttpStatus.BAD_REQUEST, "No such name can exist"),
  INVALID_UPLOAD(HttpStatus.BAD_REQUEST, "The upload could not be read"),
  KEY_REQUIRED(HttpStatus.UNAUTHORIZED, "A key is needed"),
  SCOPE_MISSING(HttpStatus.FORBIDDEN, "The key is for something else"),
  QUOTA_SPENT(HttpStatus.TOO_MANY_REQUESTS, "Too many requests"),
  NOT_FOUND(HttpStatus.NOT_FOUND, "There is nothing here"),
  METHOD_NOT_ALLOWED(HttpStatus.METHOD_NOT_ALLOWED, "This method is not offered here"),
  TOO_SLOW(HttpStatus.REQUEST_TIMEOUT, "The request came in too slowly"),
  NOT_ACCEPTABLE(HttpStatus.NOT_ACCEPTABLE, "The answer is not available in the wanted form"),
  MODEL_REFUSED(HttpStatus.CONFLICT, "The model did not pass its checks"),
  FEEDBACK_CLOSED(HttpStatus.CONFLICT, "Feedback was given already"),
  UPLOAD_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The upload is too large"),
  PHOTO_TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE, "The photo is too large"),
  UNSUPPORTED_CONTENT_TYPE(
      HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The content type is not supported here"),
  NOT_A_PHOTO(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "The file is not a photo"),
  UNSUPPORTED_PHOTO_FORMAT(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "This photo format is not supported"),
  PHOTO_EMPTY(HttpStatus.BAD_REQUEST, "The file is empty"),
  PHOTO_TOO_SMALL(HttpStatus.UNPROCESSABLE_CONTENT, "The photo is too small"),
  PHOTO_TOO_MANY_PIXELS(HttpStatus.UNPROCESSABLE_CONTENT, "The photo has too many pixels"),
  PHOTO_TRUNCATED(HttpStatus.UNPROCESSABLE_CONTENT, "The photo is incomplete"),
  PHOTO_CORRUPT(HttpStatus.UNPROCESSABLE_CONTENT, "The photo is damaged"),
  CROSS_ORIGIN_REFUSED(HttpStatus.FORBIDDEN, "Pages of that origin may not call this service"),
  NO_MODEL(HttpStatus.SERVICE_UNAVAILABLE, "No model is loaded"),
  MODEL_LOADING(HttpStatus.SERVICE_UNAVAILABLE, "The model is being loaded"),
  BUSY(HttpStatus.SERVICE_UNAVAILABLE, "Too much to do just now"),
  RECORDS_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Nothing can be written down just now"),
  STORE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "The store does not answer"),
  INTERNAL(HttpStatus.INTERNAL_SERVER_ERROR, "Something went wrong here");

  private static final String ATTRIBUTE = Problem.class.getName();

  private final HttpStatus status;
  private final String title;

  Problem(HttpStatus status, String title) {
    this.status = status;
    this.title = title;
  }

  HttpStatus status() {
    return status;
  }

  /** The problem that stands for a bare status, as the servlet container reports it. */
  static Problem of(int status) {
    return switch (status) {
      case 401 -> KEY_REQUIRED;
      case 404 -> NOT_FOUND;
      case 405 -> METHOD_NOT_ALLOWED;
      case 408 -> TOO_SLOW;
      case 406 -> NOT_ACCEPTABLE;
      case 413 -> UPLOAD_TOO_LARGE;
      case 415 -> UNSUPPORTED_CONTENT_TYPE;
      case 503 -> BUSY;
      default -> status >= 400 && status < 500 ? INVALID_REQUEST : INTERNAL;
    };
  }

  /** What {@link #of} has to say when nothing more is known. */
  String advice() {
    return switch (this) {
      case NOT_FOUND -> "Expected a path of this API. /v3/api-docs describes them all.";
      case METHOD_NOT_ALLOWED -> "Use a method that /v3/api-docs lists for this path.";
      case INTERNAL ->
          "The request could not be answered. Try again; if it stays, report the correlation id.";
      case UPLOAD_TOO_LARGE ->
          "Expected at most 5 photos of up to 20 MB each. Send fewer or smaller photos.";
      case BUSY -> "Try again shortly.";
      case TOO_SLOW -> "The upload was too slow to wait for. Try again with a better connection.";
      default -> "The request is not valid HTTP for this API. Compare it with /v3/api-docs.";
    };
  }

  String type() {
    return "/problems/" + name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  String title() {
    return title;
  }

  /**
   * @param detail a sentence that a person can act on
   */
  ResponseEntity<Object> answer(String detail, HttpServletRequest request) {
    return answer(detail, request, new HttpHeaders());
  }

  ResponseEntity<Object> answer(String detail, HttpServletRequest request, HttpHeaders headers) {
    ProblemMeter.note(this, request);
    ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, detail);
    problem.setType(URI.create(type()));
    problem.setTitle(title);
    problem.setProperty("correlationId", CorrelationId.of(request));
    request.setAttribute(ATTRIBUTE, this);
    return ResponseEntity.status(status)
        .headers(headers)
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(problem);
  }

  /** The same from a filter, where nobody else writes it. */
  void write(
      String detail, HttpServletRequest request, HttpServletResponse response, JsonMapper json)
      throws IOException {
    Object body = answer(detail, request).getBody();
    response.setStatus(status.value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    json.writeValue(response.getOutputStream(), body);
  }

  /** The problem that the request ended with, if it did. */
  static Optional<Problem> of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof Problem problem
        ? Optional.of(problem)
        : Optional.empty();
  }
}
