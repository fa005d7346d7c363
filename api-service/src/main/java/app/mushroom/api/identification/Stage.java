package app.mushroom.api.identification;

import java.util.Locale;

/** What an answer's time goes into. */
enum Stage {
  /** From the file's bytes to upright pixels. */
  DECODE,
  /** From pixels to the network's input. */
  PREPROCESS,
  /** The network. */
  FORWARD,
  /** From the network's outputs to the answer, once a request. */
  POSTPROCESS,
  /** Drawing where the network looked, its forward pass included. */
  HEATMAP;

  String tag() {
    return name().toLowerCase(Locale.ROOT);
  }
}
