/** Dataset versions: content-addressed photos, and frozen lists of them that never change. */
@NullMarked
package app.mushroom.storage.dataset;

import org.jspecify.annotations.NullMarked;
