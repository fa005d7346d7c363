/** What every answer has in common: problems, headers, correlation id, the page. */
@NullMarked
package app.mushroom.api.web;

import org.jspecify.annotations.NullMarked;
