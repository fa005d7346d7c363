/** Objects under keys, in a folder or a Google Cloud Storage bucket. */
@NullMarked
package app.mushroom.storage;

import org.jspecify.annotations.NullMarked;
