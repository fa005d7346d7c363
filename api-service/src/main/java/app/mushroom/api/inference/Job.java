package app.mushroom.api.inference;

import app.mushroom.api.access.Caller;
import app.mushroom.api.connection.ClientConnection;
import app.mushroom.vision.photo.PhotoRejectedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The photos of one request, which get their turns one after the other. */
final class Job<R> implements WaitingLine.Waiting {
  private static final Logger log = LoggerFactory.getLogger(Job.class);

  private final Caller caller;
  private final List<Work<R>> works;
  private final Runnable afterwards;
  private final long arrivedNanos;
  private final Optional<ClientConnection> client = ClientConnection.current();
  private final CompletableFuture<List<R>> answer = new CompletableFuture<>();

  /** Only touched by whoever has the job: a thread at a time, handed on under the pool's lock. */
  private final List<R> results = new ArrayList<>();

  /** Guarded by the pool. */
  private boolean begun;

  /** Guarded by the pool: nobody waits for it any more. */
  private boolean left;

  /**
   * @param afterwards called once, when nothing of it runs or ever will
   */
  Job(Caller caller, List<Work<R>> works, Runnable afterwards, long arrivedNanos) {
    this.caller = caller;
    this.works = List.copyOf(works);
    this.afterwards = afterwards;
    this.arrivedNanos = arrivedNanos;
  }

  @Override
  public Caller caller() {
    return caller;
  }

  @Override
  public int photosLeft() {
    return Math.max(1, works.size() - results.size());
  }

  long arrivedNanos() {
    return arrivedNanos;
  }

  boolean hasBegun() {
    return begun;
  }

  void begin() {
    begun = true;
  }

  /** Asked by the thread whose turn it is: whether this is the first. */
  boolean isUntouched() {
    return results.isEmpty();
  }

  boolean isLeft() {
    return left;
  }

  void leave() {
    left = true;
  }

  boolean isClientGone() {
    return client.isPresent() && client.get().isGone();
  }

  /**
   * Has one turn.
   *
   * @return whether it needs another
   */
  @SuppressWarnings("CatchingUnchecked") // handed to the thread that waits, nothing is hidden
  boolean step() {
    try {
      results.add(works.get(results.size()).run());
    } catch (Throwable e) { // an engine throws errors of all kinds, and each would end the thread
      end(e);
      return false;
    }
    if (results.size() < works.size()) {
      return true;
    }
    end(null);
    return false;
  }

  /** Nobody waits for it, and nothing of it will run. */
  void drop() {
    try {
      afterwards.run();
    } catch (RuntimeException | Error e) {
      log.error("What a request used could not be let go", e);
    }
  }

  /**
   * @param failure null if all went well
   */
  void end(@Nullable Throwable failure) {
    drop();
    if (failure == null) {
      answer.complete(results);
    } else {
      answer.completeExceptionally(failure);
    }
  }

  List<R> await(long nanos)
      throws TimeoutException, InterruptedException, PhotoRejectedException, IOException {
    try {
      return answer.get(nanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw rethrow(e.getCause());
    }
  }

  private static RuntimeException rethrow(@Nullable Throwable cause)
      throws PhotoRejectedException, IOException {
    if (cause instanceof PhotoRejectedException e) {
      throw e;
    }
    if (cause instanceof IOException e) {
      throw e;
    }
    if (cause instanceof RuntimeException e) {
      throw e;
    }
    return new IllegalStateException("Looking at the photo failed", cause);
  }
}
