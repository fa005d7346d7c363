/** From the bytes of an uploaded file to upright sRGB pixels, or to a reason why not. */
@NullMarked
package app.mushroom.vision.photo;

import org.jspecify.annotations.NullMarked;
