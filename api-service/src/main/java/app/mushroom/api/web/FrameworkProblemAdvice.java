package app.mushroom.api.web;

import app.mushroom.api.identification.InvalidRequestException;
import app.mushroom.storage.InvalidNameException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.multipart.support.MissingServletRequestPartException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/** What Spring's exceptions mean to a client: never a class name, a path or a stack trace. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class FrameworkProblemAdvice extends ResponseEntityExceptionHandler {
  private static final Logger log = LoggerFactory.getLogger(FrameworkProblemAdvice.class);

  @Override
  protected @Nullable ResponseEntity<Object> handleExceptionInternal(
      Exception e,
      @Nullable Object body,
      HttpHeaders headers,
      HttpStatusCode status,
      WebRequest webRequest) {
    HttpServletRequest request = ((ServletWebRequest) webRequest).getRequest();
    Problem problem = Problem.of(status.value());
    if (problem == Problem.INTERNAL) {
      return internal(e, request);
    }
    return problem.answer(detail(e, problem), request, headers);
  }

  private static String detail(Exception e, Problem problem) {
    if (e instanceof MaxUploadSizeExceededException) {
      return "Expected photos of at most 20,000,000 bytes each, 5 at a time, found more. Send fewer"
          + " or smaller photos.";
    }
    if (e instanceof MissingServletRequestPartException missing) {
      return "Expected a photo in a part named '"
          + missing.getRequestPartName()
          + "' of a multipart/form-data request, found none.";
    }
    if (e instanceof MissingServletRequestParameterException missing) {
      return "Expected a parameter named '" + missing.getParameterName() + "', found none.";
    }
    if (e instanceof MethodArgumentTypeMismatchException mismatch) {
      return "Expected another kind of value for '" + mismatch.getName() + "'. See /v3/api-docs.";
    }
    if (e instanceof HttpMediaTypeNotSupportedException unsupported) {
      return "Expected the content type "
          + unsupported.getSupportedMediaTypes().stream()
              .map(Object::toString)
              .reduce((a, b) -> a + " or " + b)
              .orElse("that /v3/api-docs names")
          + ".";
    }
    if (e instanceof HttpMessageNotReadableException unreadable) {
      Throwable root = unreadable.getMostSpecificCause();
      if (root instanceof InvalidRequestException || root instanceof InvalidNameException) {
        return String.valueOf(root.getMessage());
      }
      return "Expected a JSON body as /v3/api-docs describes it, found something else.";
    }
    return problem.advice();
  }

  /** Whatever the multipart parser stumbles over: no boundary, too many parts, a cut-off body. */
  @ExceptionHandler
  ResponseEntity<Object> multipart(MultipartException e, HttpServletRequest request) {
    return Problem.INVALID_UPLOAD.answer(
        "Expected 1 to 5 photos as parts of one multipart/form-data request, found something that"
            + " cannot be read as such. Send the photos again.",
        request);
  }

  @ExceptionHandler({Exception.class, OutOfMemoryError.class})
  @Nullable ResponseEntity<Object> unexpected(Throwable e, HttpServletRequest request) {
    if (e instanceof IOException && String.valueOf(e.getMessage()).contains("Broken pipe")) {
      return null;
    }
    return internal(e, request);
  }

  private static ResponseEntity<Object> internal(Throwable e, HttpServletRequest request) {
    log.error("A request failed", e);
    return Problem.INTERNAL.answer(Problem.INTERNAL.advice(), request);
  }
}
