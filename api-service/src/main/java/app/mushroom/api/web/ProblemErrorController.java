package app.mushroom.api.web;

import app.mushroom.api.connection.ClientConnection;
import app.mushroom.api.connection.CutOffException;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers for errors that were reported to the servlet container instead of thrown. */
@RestController
@Hidden
class ProblemErrorController implements ErrorController {

  @RequestMapping("${spring.web.error.path:/error}")
  @Nullable ResponseEntity<Object> error(HttpServletRequest request, HttpServletResponse response) {
    if (response.isCommitted()) {
      return null; // an answer that broke off is not to go on with something else
    }
    ClientConnection.current()
        .flatMap(ClientConnection::cut)
        .ifPresent(
            reason -> {
              throw new CutOffException(reason);
            });
    int status =
        request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code
            ? code
            : 404;
    Problem problem = Problem.of(status);
    return problem.answer(problem.advice(), request);
  }
}
