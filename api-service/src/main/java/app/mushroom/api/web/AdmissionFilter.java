package app.mushroom.api.web;

import app.mushroom.api.access.Caller;
import app.mushroom.api.connection.ClientConnection;
import app.mushroom.api.connection.ClientConnection.Cut;
import app.mushroom.api.connection.CutOffException;
import app.mushroom.api.inference.BusyException;
import app.mushroom.api.inference.UploadGate;
import app.mushroom.api.upload.UploadMemory;
import app.mushroom.api.upload.UploadRequest;
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

/**
 * Refuses photos that could not be looked at in time before they are read, and every body of a
 * caller who has too many on the way.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 20)
class AdmissionFilter extends OncePerRequestFilter {
  private final UploadGate gate;
  private final UploadMemory memory;
  private final HandlerExceptionResolver problems;

  AdmissionFilter(
      UploadGate gate,
      UploadMemory memory,
      @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    this.gate = gate;
    this.memory = memory;
    this.problems = problems;
  }

  private static boolean isUpload(HttpServletRequest request) {
    String type = request.getContentType();
    return HttpMethod.POST.matches(request.getMethod())
        && type != null
        && type.toLowerCase(Locale.ROOT).startsWith("multipart/");
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Optional<UploadGate.Upload> entered;
    try {
      gate.requireShareOfThreads();
      entered =
          isUpload(request)
              ? Optional.of(gate.enter(Caller.of(request), request.getContentLengthLong()))
              : Optional.empty();
    } catch (BusyException e) {
      problems.resolveException(request, response, null, e);
      return;
    }
    if (entered.isEmpty()) {
      chain.doFilter(request, response);
      return;
    }
    try (UploadGate.Upload upload = entered.get();
        UploadMemory.Room room = memory.take(request.getContentLengthLong())) {
      Optional<HttpServletRequest> inMemory = Optional.empty();
      MultipartException unreadable = null;
      try {
        inMemory = read(request, room);
      } catch (MultipartException e) {
        unreadable = e;
      }
      upload.read();
      Optional<Cut> cut = ClientConnection.current().flatMap(ClientConnection::cut);
      if (cut.isPresent()) {
        problems.resolveException(request, response, null, new CutOffException(cut.get()));
      } else if (unreadable != null) {
        problems.resolveException(request, response, null, unreadable);
      } else {
        chain.doFilter(inMemory.orElse(request), response);
      }
    }
  }

  /**
   * @return the request with its parts in memory; empty if the container has read them
   */
  private static Optional<HttpServletRequest> read(
      HttpServletRequest request, UploadMemory.Room room) {
    try {
      Optional<HttpServletRequest> inMemory =
          room.isThere() ? UploadRequest.read(request) : Optional.empty();
      if (inMemory.isEmpty()) {
        readByContainer(request);
      }
      return inMemory;
    } catch (IOException e) {
      // It has failed for the container, too, and an answer goes out only once it knows why.
      readByContainer(request);
      throw new MultipartException("The upload broke off", e);
    }
  }

  private static void readByContainer(HttpServletRequest request) {
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
