package app.mushroom.collector.fetch;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * What came.
 *
 * @param address after all redirects
 * @param contentType as the host states it, without parameters, in lower case
 * @param body at most what the limits allow, decompressed
 */
@SuppressWarnings("ArrayRecordComponent")
public record WebAnswer(URI address, int status, @Nullable String contentType, byte[] body) {}
