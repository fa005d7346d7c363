/** Uploads of usual size, read without a detour over the disk. */
@NullMarked
package app.mushroom.api.upload;

import org.jspecify.annotations.NullMarked;
