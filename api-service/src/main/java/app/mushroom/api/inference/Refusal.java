package app.mushroom.api.inference;

import java.util.Locale;

/** Why a request was not looked at. */
enum Refusal {
  QUEUE_FULL,
  CALLER_SHARE,
  TOO_LATE,
  PUSHED_OUT,
  NOT_BEGUN,
  LIMIT,
  HUNG,
  UPLOADS,
  CALLER_UPLOADS,
  STOPPING;

  String tag() {
    return name().toLowerCase(Locale.ROOT);
  }

  String sentence() {
    return switch (this) {
      case CALLER_SHARE ->
          "You are waiting for as many answers as one caller may. Wait for some of them first.";
      case LIMIT -> "Looking at the photo took too long. Try again shortly.";
      case HUNG -> "Nothing can be looked at just now. Try again later.";
      case STOPPING -> "The service is stopping. Try again shortly.";
      case CALLER_UPLOADS ->
          "You are sending as many requests as one caller may at a time. Wait for some of them"
              + " first.";
      case UPLOADS -> "Too many photos are being sent just now. Try again shortly.";
      case QUEUE_FULL, TOO_LATE, PUSHED_OUT, NOT_BEGUN ->
          "Too many photos are being looked at just now. Try again shortly.";
    };
  }
}
