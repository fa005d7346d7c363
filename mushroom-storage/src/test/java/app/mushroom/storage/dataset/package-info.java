/** What a dataset version promises. */
@NullMarked
package app.mushroom.storage.dataset;

import org.jspecify.annotations.NullMarked;
