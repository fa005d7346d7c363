/** What training and serving must see alike. */
@NullMarked
package app.mushroom.vision;

import org.jspecify.annotations.NullMarked;
