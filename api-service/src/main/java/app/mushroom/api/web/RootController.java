package app.mushroom.api.web;

import app.mushroom.api.original.Welcome;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** {@code GET /}: the page for browsers, the original app's welcome for everyone else. */
@RestController
@Tag(name = "original")
class RootController {
  private final JsonMapper json;
  private final boolean hasPage = new ClassPathResource("page" + Page.INDEX).exists();

  RootController(JsonMapper json) {
    this.json = json;
  }

  @GetMapping("/")
  @Operation(
      operationId = "welcome",
      summary = "The page for browsers, a welcome for everyone else")
  @ApiResponse(
      responseCode = "200",
      description = "The page, or a welcome",
      content = {
        @Content(
            mediaType = MediaType.APPLICATION_JSON_VALUE,
            schema = @Schema(implementation = Welcome.class)),
        @Content(mediaType = MediaType.TEXT_HTML_VALUE, schema = @Schema(type = "string"))
      })
  void root(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
    String accept = request.getHeader(HttpHeaders.ACCEPT);
    RequestDispatcher index = request.getRequestDispatcher(Page.INDEX);
    if (hasPage && index != null && accept != null && accept.contains(MediaType.TEXT_HTML_VALUE)) {
      index.forward(request, response);
      return;
    }
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    json.writeValue(response.getOutputStream(), Welcome.INSTANCE);
  }
}
