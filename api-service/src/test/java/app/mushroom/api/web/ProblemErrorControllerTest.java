package app.mushroom.api.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.RequestDispatcher;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class ProblemErrorControllerTest {
  private final ProblemErrorController controller = new ProblemErrorController();
  private final MockHttpServletRequest request = new MockHttpServletRequest();
  private final MockHttpServletResponse response = new MockHttpServletResponse();

  @Test
  void anAnswerThatBrokeOffDoesNotGoOnWithAProblem() throws Exception {
    request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, 500);
    response.getWriter().write("a,b");
    response.flushBuffer();
    assertThat(controller.error(request, response)).isNull();
    assertThat(response.getContentAsString()).isEqualTo("a,b");
    assertThat(response.getStatus()).isEqualTo(200);
  }

  @Test
  void whatWasOnlyReportedBecomesAProblem() {
    request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, 500);
    var answer = controller.error(request, response);
    assertThat(answer).isNotNull();
    assertThat(answer.getStatusCode().value()).isEqualTo(500);
  }
}
