/** What people say about an identification, and the photos they agree to share. */
@NullMarked
package app.mushroom.api.feedback;

import org.jspecify.annotations.NullMarked;
