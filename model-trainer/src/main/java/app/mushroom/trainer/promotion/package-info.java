/** Whether a published version becomes the one that is served, measured on the same photos. */
@NullMarked
package app.mushroom.trainer.promotion;

import org.jspecify.annotations.NullMarked;
