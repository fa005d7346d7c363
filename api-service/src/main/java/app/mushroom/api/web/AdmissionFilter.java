package app.mushroom.api.web;

import app.mushroom.api.access.Caller;
import app.mushroom.api.connection.ClientConnection;
import app.mushroom.api.connection.ClientConnection.Cut;
import app.mushroom.api.connection.CutOffException;
import app.mushroom.api.inference.BusyException;
import app.mushroom.api.inference.UploadGate;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Refuses photos that could not be looked at in time before they are read. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
class AdmissionFilter extends OncePerRequestFilter {
  private final UploadGate gate;
  private final HandlerExceptionResolver problems;

  AdmissionFilter(
      UploadGate gate, @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    this.gate = gate;
    this.problems = problems;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    String type = request.getContentType();
    return !HttpMethod.POST.matches(request.getMethod())
        || type == null
        || !type.toLowerCase(Locale.ROOT).startsWith("multipart/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    UploadGate.Upload entered;
    try {
      entered = gate.enter(Caller.of(request), request.getContentLengthLong());
    } catch (BusyException e) {
      problems.resolveException(request, response, null, e);
      return;
    }
    try (UploadGate.Upload upload = entered) {
      try {
        read(request);
      } catch (MultipartException e) {
        problems.resolveException(request, response, null, e);
        return;
      }
      upload.read();
      Optional<Cut> cut = ClientConnection.current().flatMap(ClientConnection::cut);
      if (cut.isPresent()) {
        problems.resolveException(request, response, null, new CutOffException(cut.get()));
        return;
      }
      chain.doFilter(request, response);
    }
  }

  private static void read(HttpServletRequest request) {
    try {
      var unused = request.getParts();
    } catch (IOException | ServletException | IllegalStateException e) {
      // The container keeps it and throws it again where problems are answered.
      request.setAttribute(AdmissionFilter.class.getName(), e);
    } catch (RuntimeException e) {
      // What the container does not expect itself, such as a file name with a NUL in it.
      throw new MultipartException("The parts cannot be read", e);
    }
  }
}
