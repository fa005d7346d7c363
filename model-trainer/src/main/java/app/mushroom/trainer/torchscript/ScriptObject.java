package app.mushroom.trainer.torchscript;

import java.util.Map;

/**
 * An object of a module tree.
 *
 * @param type qualified class name, such as {@code __torch__.Net}
 * @param attributes by name: {@link ScriptObject}, {@link ScriptTensor}, {@link Boolean}, {@link
 *     Integer}, {@link Long}, {@link Double}, {@link String}, lists of these, or {@link #NONE}
 */
public record ScriptObject(String type, Map<String, Object> attributes) {
  /** Python's {@code None}. */
  public static final Object NONE =
      new Object() {
        @Override
        public String toString() {
          return "None";
        }
      };
}
