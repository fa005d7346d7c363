package app.mushroom.collector.source;

/**
 * A licence, whatever a source calls it.
 *
 * @param id SPDX's where it has one ({@code CC-BY-4.0}), {@code CC-BY} where the version is not
 *     told, {@code public-domain}, {@code all-rights-reserved} or {@code unknown}
 * @param stated as the source states it; empty where it states none
 */
public record Licence(String id, String stated) {}
