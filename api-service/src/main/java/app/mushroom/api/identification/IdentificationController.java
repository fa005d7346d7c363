package app.mushroom.api.identification;

import app.mushroom.api.access.Caller;
import app.mushroom.vision.photo.PhotoRejectedException;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
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
  private final Identifier identifier;

  IdentificationController(Identifier identifier) {
    this.identifier = identifier;
  }

  @PostMapping(
      path = "/identifications",
      consumes = MediaType.MULTIPART_FORM_DATA_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "Identify a mushroom from 1 to 5 photos of one find")
  Identification identify(
      @RequestPart("images") List<MultipartFile> images,
      @RequestParam(defaultValue = "5") int limit,
      HttpServletRequest request)
      throws PhotoRejectedException, IOException {
    return identifier.identify(query(images, limit, request)).identification();
  }

  @PostMapping(
      path = "/models/{version}/identifications",
      consumes = MediaType.MULTIPART_FORM_DATA_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  @Operation(summary = "The same, by a published model of your choice")
  Identification identifyWith(
      @PathVariable String version,
      @RequestPart("images") List<MultipartFile> images,
      @RequestParam(defaultValue = "5") int limit,
      HttpServletRequest request)
      throws PhotoRejectedException, IOException {
    return identifier.identifyWith(version, query(images, limit, request)).identification();
  }

  private static Query query(List<MultipartFile> images, int limit, HttpServletRequest request) {
    return new Query(
        images.stream().<PhotoSource>map(image -> image::getBytes).toList(),
        limit,
        Caller.of(request));
  }
}
