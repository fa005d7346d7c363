package app.mushroom.api.web;

import app.mushroom.api.connection.ClientConnection;
import app.mushroom.api.connection.CutOffException;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Answers for errors that were reported to the servlet container instead of thrown. */
@RestController
@Hidden
class ProblemErrorController implements ErrorController {

  @RequestMapping("${spring.web.error.path:/error}")
  ResponseEntity<Object> error(HttpServletRequest request) {
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
