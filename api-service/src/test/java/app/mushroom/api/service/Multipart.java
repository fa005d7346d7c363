package app.mushroom.api.service;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Builds multipart bodies byte by byte, the broken ones included. */
final class Multipart {
  static final String BOUNDARY = "----mushroom";

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  static Multipart photo(byte[] photo) {
    return new Multipart().file("images", "photo.jpg", "image/jpeg", photo);
  }

  static Multipart photos(List<byte[]> photos) {
    Multipart multipart = new Multipart();
    photos.forEach(photo -> multipart.file("images", "photo.jpg", "image/jpeg", photo));
    return multipart;
  }

  Multipart file(String part, String fileName, String contentType, byte[] content) {
    return part(
        "Content-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\nContent-Type: %s"
            .formatted(part, fileName, contentType),
        content);
  }

  Multipart field(String part, String value) {
    return part(
        "Content-Disposition: form-data; name=\"%s\"".formatted(part),
        value.getBytes(StandardCharsets.UTF_8));
  }

  Multipart part(String headers, byte[] content) {
    text("--" + BOUNDARY + "\r\n" + headers + "\r\n\r\n");
    body.writeBytes(content);
    return text("\r\n");
  }

  Multipart text(String text) {
    body.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  byte[] end() {
    text("--" + BOUNDARY + "--\r\n");
    return body.toByteArray();
  }

  byte[] withoutEnd() {
    return body.toByteArray();
  }
}
