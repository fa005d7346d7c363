package app.mushroom.api.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import app.mushroom.api.access.Caller;
import app.mushroom.api.access.Grant;
import app.mushroom.api.access.Scope;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

class RecordsControllerTest {
  private final RecordReader reader = mock(RecordReader.class);
  private final RecordsController controller = new RecordsController(reader, new JsonMapper());
  private final MockHttpServletRequest request = new MockHttpServletRequest();
  private final MockHttpServletResponse response = new MockHttpServletResponse();

  private void read() throws Exception {
    new Grant(new Caller("x"), Optional.of("x"), Set.of(Scope.EXPORT)).attachTo(request);
    controller.csv("feedback", "2026-01-01", "2026-02-01T00:00:00Z", request, response);
  }

  @Test
  void whatFailsBeforeTheFirstRowIsAProblem() throws Exception {
    doThrow(new RecordsUnavailableException(null)).when(reader).read(any(), any(), any(), any());
    for (int i = 0; i < 3; i++) { // and the next reader finds the place free
      assertThatThrownBy(this::read).isInstanceOf(RecordsUnavailableException.class);
    }
    assertThat(response.getContentType()).isNull();
    assertThat(response.isCommitted()).isFalse();
  }

  @Test
  void whatFailsLaterIsCutOff() throws Exception {
    doAnswer(
            call -> {
              RecordReader.Row row = call.getArgument(3);
              for (int i = 0; i < 1_000; i++) {
                row.write(Arrays.asList(new Object[13]));
              }
              throw new RecordsUnavailableException(null);
            })
        .when(reader)
        .read(any(), any(), any(), any());
    assertThatThrownBy(this::read).isInstanceOf(ExportCutOffException.class);
  }

  @Test
  void anEmptyListStillHasItsHeader() throws Exception {
    read();
    assertThat(response.getContentAsString())
        .startsWith("id,created,identification,")
        .endsWith("\r\n");
  }
}
