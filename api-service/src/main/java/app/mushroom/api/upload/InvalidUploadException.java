package app.mushroom.api.upload;

import org.springframework.web.multipart.MultipartException;

/** A body is not the multipart form that its content type promises. */
final class InvalidUploadException extends MultipartException {
  InvalidUploadException(String message) {
    super(message);
  }
}
