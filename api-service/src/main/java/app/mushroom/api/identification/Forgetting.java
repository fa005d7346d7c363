package app.mushroom.api.identification;

import app.mushroom.api.DaemonThreads;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Photos leave the memory in time, also where nobody sends new ones that push them out. */
@Component
class Forgetting {
  private static final long EVERY_SECONDS = 20;

  private final RecentIdentifications recent;
  private final SeenPhotos seen;
  private final PhotoRing ring;
  private final ScheduledExecutorService timer = DaemonThreads.timer("forgetting");

  Forgetting(RecentIdentifications recent, SeenPhotos seen, PhotoRing ring) {
    this.recent = recent;
    this.seen = seen;
    this.ring = ring;
  }

  @PostConstruct
  void start() {
    var unused =
        timer.scheduleWithFixedDelay(
            () -> {
              recent.forget();
              seen.forgetOld();
              ring.forgetOld();
            },
            EVERY_SECONDS,
            EVERY_SECONDS,
            TimeUnit.SECONDS);
  }

  @PreDestroy
  void stop() {
    timer.shutdownNow();
  }
}
