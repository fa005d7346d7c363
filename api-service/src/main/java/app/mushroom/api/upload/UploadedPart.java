package app.mushroom.api.upload;

import jakarta.servlet.http.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;

/** A part that lies in memory, as a slice of its request's body. */
final class UploadedPart implements Part {
  private final byte[] body;
  private final MultipartBody.Section section;
  private final String name;
  private final @Nullable String fileName;

  private UploadedPart(
      byte[] body, MultipartBody.Section section, String name, @Nullable String fileName) {
    this.body = body;
    this.section = section;
    this.name = name;
    this.fileName = fileName;
  }

  /**
   * @throws InvalidUploadException if the part does not say which field it is
   */
  static UploadedPart of(byte[] body, MultipartBody.Section section) {
    String disposition = section.headers().get("content-disposition");
    if (disposition == null) {
      throw new InvalidUploadException("Expected a Content-Disposition in each part");
    }
    ContentDisposition parsed = parse(disposition);
    if (!parsed.isFormData() || parsed.getName() == null) {
      throw new InvalidUploadException("Expected the disposition form-data with a name");
    }
    return new UploadedPart(body, section, parsed.getName(), parsed.getFilename());
  }

  private static ContentDisposition parse(String disposition) {
    try {
      return ContentDisposition.parse(disposition);
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw new InvalidUploadException("Expected a Content-Disposition that can be read");
    }
  }

  boolean isFile() {
    return fileName != null;
  }

  String text() {
    return new String(body, section.from(), length(), StandardCharsets.UTF_8);
  }

  private int length() {
    return section.to() - section.from();
  }

  @Override
  public InputStream getInputStream() {
    return new ByteArrayInputStream(body, section.from(), length());
  }

  @Override
  public @Nullable String getContentType() {
    return getHeader("content-type");
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public @Nullable String getSubmittedFileName() {
    return fileName;
  }

  @Override
  public long getSize() {
    return length();
  }

  @Override
  public void write(String fileName) throws IOException {
    Files.write(Path.of(fileName), Arrays.copyOfRange(body, section.from(), section.to()));
  }

  @Override
  public void delete() {
    // It is gone with its request.
  }

  @Override
  public @Nullable String getHeader(String name) {
    return section.headers().get(name.toLowerCase(Locale.ROOT));
  }

  @Override
  public Collection<String> getHeaders(String name) {
    return Optional.ofNullable(getHeader(name)).map(List::of).orElse(List.of());
  }

  @Override
  public Collection<String> getHeaderNames() {
    return section.headers().keySet();
  }
}
