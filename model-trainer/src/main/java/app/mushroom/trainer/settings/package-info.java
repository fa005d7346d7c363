/** What a training run is asked to do: keys, presets, YAML files, and which of them wins. */
@NullMarked
package app.mushroom.trainer.settings;

import org.jspecify.annotations.NullMarked;
