package app.mushroom.api.web;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import app.mushroom.api.identification.Identifier;
import app.mushroom.api.inference.BusyException;
import app.mushroom.api.inference.UploadGate;
import app.mushroom.api.model.ModelCatalogue;
import app.mushroom.api.model.ModelRefusedException;
import app.mushroom.api.model.NoModelException;
import app.mushroom.api.model.StoreUnavailableException;
import app.mushroom.vision.photo.PhotoRejectedException;
import app.mushroom.vision.photo.PhotoRejectedException.Reason;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.mockito.Answers;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** What each failure behind the controllers becomes in front of them. */
@WebMvcTest(
    excludeFilters =
        @ComponentScan.Filter(
            type = FilterType.REGEX,
            pattern = ".*\\.(Feedback|Heatmap|Records|Species|Model)Controller"))
@Import({
  app.mushroom.api.access.Gate.class,
  app.mushroom.api.identification.RepeatedRequests.class,
  app.mushroom.api.upload.UploadMemory.class
})
class ProblemSliceTest {
  @Autowired MockMvc mvc;
  @MockitoBean Identifier identifier;
  @MockitoBean ModelCatalogue catalogue;

  @MockitoBean(answers = Answers.RETURNS_DEEP_STUBS)
  UploadGate gate;

  @ParameterizedTest
  @CsvSource({
    "EMPTY, 400, photo-empty",
    "TOO_LARGE, 413, photo-too-large",
    "TOO_MANY_PIXELS, 422, photo-too-many-pixels",
    "TOO_SMALL, 422, photo-too-small",
    "NOT_AN_IMAGE, 415, not-a-photo",
    "UNSUPPORTED_FORMAT, 415, unsupported-photo-format",
    "TRUNCATED, 422, photo-truncated",
    "CORRUPT, 422, photo-corrupt",
    "OUT_OF_MEMORY, 413, photo-too-large",
  })
  void eachRejectionHasItsProblem(Reason reason, int status, String type) throws Exception {
    identifyFailsWith(new PhotoRejectedException(reason, "Send another photo."))
        .andExpect(status().is(status))
        .andExpect(jsonPath("$.type").value("/problems/" + type))
        .andExpect(jsonPath("$.detail").value("Send another photo."));
  }

  @Test
  void whatPassesIsToBeTriedAgain() throws Exception {
    identifyFailsWith(new BusyException("Try again shortly.", Duration.ofMillis(2001)))
        .andExpect(status().is(503))
        .andExpect(header().string("Retry-After", "3"))
        .andExpect(jsonPath("$.type").value("/problems/busy"));
    identifyFailsWith(new NoModelException())
        .andExpect(status().is(503))
        .andExpect(header().exists("Retry-After"))
        .andExpect(jsonPath("$.type").value("/problems/no-model"));
    identifyFailsWith(new StoreUnavailableException(new IOException("secret place")))
        .andExpect(status().is(503))
        .andExpect(header().exists("Retry-After"))
        .andExpect(content().string(not(containsString("secret"))));
  }

  @Test
  void aRefusedModelKeepsItsReasonsToItself() throws Exception {
    identifyFailsWith(new ModelRefusedException("golden case in /secret/path"))
        .andExpect(status().is(409))
        .andExpect(content().string(not(containsString("secret"))));
  }

  @Test
  void anUnexpectedFailureTellsNothingOfTheInside() throws Exception {
    identifyFailsWith(new IllegalStateException("secret at /etc/somewhere"))
        .andExpect(status().is(500))
        .andExpect(content().contentType("application/problem+json"))
        .andExpect(jsonPath("$.type").value("/problems/internal"))
        .andExpect(jsonPath("$.correlationId").isNotEmpty())
        .andExpect(content().string(not(containsString("secret"))))
        .andExpect(content().string(not(containsString("Exception"))));
  }

  @Test
  void aWantedFormThatIsNotThereIs406() throws Exception {
    mvc.perform(get("/status").accept("image/png"))
        .andExpect(status().is(406))
        .andExpect(content().contentType("application/problem+json"))
        .andExpect(jsonPath("$.type").value("/problems/not-acceptable"));
  }

  private ResultActions identifyFailsWith(Throwable failure) throws Exception {
    doThrow(failure).when(identifier).identify(any());
    return mvc.perform(multipart("/api/v1/identifications").file("images", new byte[] {1}))
        .andExpect(header().exists("Content-Security-Policy"))
        .andExpect(header().exists("X-Correlation-Id"));
  }
}
