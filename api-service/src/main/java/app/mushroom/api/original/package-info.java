/** The routes of the app this one descends from, with its field names. */
@NullMarked
package app.mushroom.api.original;

import org.jspecify.annotations.NullMarked;
